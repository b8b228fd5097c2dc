// Who answers a question when: the departments' hours of a site's configuration, ready to count.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "server-stub/config/config.h"
#include "server-stub/hours/working_time.h"
#include "server-stub/store/due.h"

namespace askus::api {

// Immutable; may be shared between threads.
class Promises {
 public:
  explicit Promises(const config::SiteConfig& site);

  // Of the department that answers a category; the site's own for any other, and for none.
  const hours::WorkingTime& of(const std::string& category) const;
  // Refers to this.
  store::DueOf due() const;
  // All of it as one text: another one when any due time may be another.
  std::string rules() const;

 private:
  hours::WorkingTime site_;
  std::map<std::string, hours::WorkingTime> departments_;
};

}  // namespace askus::api
