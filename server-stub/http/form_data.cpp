#include "server-stub/http/form_data.h"

#include <algorithm>

#include "server-stub/http/message.h"

namespace askus::http {
namespace {

Result<std::string> decode(std::string_view text) {
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), '+', ' ');
  return percent_decode(plain, Controls::kAllButNul);
}

}  // namespace

Result<std::map<std::string, std::string>> parse_form(std::string_view body) {
  std::map<std::string, std::string> fields;
  for (std::size_t count = 0; !body.empty(); ++count) {
    if (count == kFormFields) return Error{Code::kMalformed, "the form has too many fields"};
    const std::string_view pair = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    Result<std::string> name = decode(pair.substr(0, equals));
    if (!name.ok()) return name.error();
    Result<std::string> value = decode(pair.substr(std::min(pair.size(), equals + 1)));
    if (!value.ok()) return value.error();
    fields.emplace(std::move(*name), std::move(*value));
  }
  return fields;
}

}  // namespace askus::http
