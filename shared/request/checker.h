// Gathers what is wrong with a request. Private to shared/request.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/request/request.h"
#include "shared/text/decimal.h"
#include "shared/text/utf8.h"

namespace askus::request {

// Each check is one line of validate().
class Checker {
 public:
  explicit Checker(std::vector<Problem>& problems) : problems_(problems) {}

  // UTF-8 without NUL, at most `limit` bytes. Says whether it is so.
  bool text(std::string_view field, std::string_view value, std::size_t limit) {
    if (value.size() > limit) {
      problems_.push_back({field, Code::kTooLarge,
                           "is " + text::decimal(value.size()) + " bytes long; at most " +
                               text::decimal(limit) + " are allowed"});
      return false;
    }
    return require(field, text::is_utf8(value) && value.find('\0') == std::string_view::npos,
                   "is not valid UTF-8 or holds a NUL character");
  }

  bool require(std::string_view field, bool holds, std::string_view text) {
    if (!holds) problems_.push_back({field, Code::kMalformed, std::string(text)});
    return holds;
  }

 private:
  std::vector<Problem>& problems_;
};

}  // namespace askus::request
