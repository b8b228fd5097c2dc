// Whether a published topic answers a new request already.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace askus::api {

// Thread-safe.
class SameQuestion {
 public:
  virtual ~SameQuestion() = default;

  // Ids of the site's topics that answer it, best first; none where it is not sure. Called once a
  // request on a thread of the server, before it is stored: must not block. `language` is the
  // interface's; texts are validated.
  virtual std::vector<std::string> find(const std::string& site, std::string_view title,
                                        std::string_view details,
                                        std::string_view language) const = 0;
};

// Of an answer; what is beyond is left out.
inline constexpr std::size_t kMostAnswers = 5;

// Finds nothing.
class NoSameQuestion final : public SameQuestion {
 public:
  std::vector<std::string> find(const std::string&, std::string_view, std::string_view,
                                std::string_view) const override {
    return {};
  }
};

}  // namespace askus::api
