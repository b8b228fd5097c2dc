#include "server-stub/api/same_question.h"

namespace askus::api {

std::vector<std::string> PublishedQuestions::find(const std::string& site, std::string_view title,
                                                  std::string_view details) {
  std::shared_ptr<Searched> searched;
  {
    const std::lock_guard lock(mutex_);
    const auto found = sites_.find(site);
    if (found == sites_.end()) return {};
    searched = found->second;
  }
  const std::lock_guard lock(searched->mutex);
  std::int32_t topic = searched->index.same_question(title);
  if (topic < 0 && !details.empty())
    topic = searched->index.same_question(std::string(title) + "\n" + std::string(details));
  if (topic < 0) return {};
  const auto& answer = searched->published->snapshot.topic(static_cast<std::uint32_t>(topic));
  return {std::string(snapshot::view(answer.id()))};
}

void PublishedQuestions::renew(const std::string& site,
                               std::shared_ptr<const store::Published> published) {
  auto searched = published == nullptr ? nullptr : std::make_shared<Searched>(std::move(published));
  const std::lock_guard lock(mutex_);
  if (searched == nullptr)
    sites_.erase(site);
  else
    sites_[site] = std::move(searched);
}

}  // namespace askus::api
