// application/x-www-form-urlencoded bodies (WHATWG URL Standard, 5.1), of forms without JavaScript.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace askus::http {

// More fields than any form of ours has.
inline constexpr std::size_t kFormFields = 64;

// The fields by name, of a repeated one the first. Values are bytes: nothing says that they are
// UTF-8. kMalformed for a broken % escape, a NUL, or more than kFormFields fields.
Result<std::map<std::string, std::string>> parse_form(std::string_view body);

}  // namespace askus::http
