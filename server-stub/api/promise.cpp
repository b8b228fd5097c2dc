#include "server-stub/api/promise.h"

namespace askus::api {

Promises::Promises(const config::SiteConfig& site) : site_(site.working) {
  for (const auto& [category, department] : site.departments)
    departments_.emplace(category, hours::WorkingTime(department.working));
}

const hours::WorkingTime& Promises::of(const std::string& category) const {
  const auto found = departments_.find(category);
  return found == departments_.end() ? site_ : found->second;
}

store::DueOf Promises::due() const {
  return [this](const std::string& category, std::int64_t received) {
    return of(category).due(received);
  };
}

std::string Promises::rules() const {
  std::string text = site_.rules().text();
  for (const auto& [category, working] : departments_) {
    text += '\n';
    text += category + ": " + working.rules().text();
  }
  return text;
}

}  // namespace askus::api
