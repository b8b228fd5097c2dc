#include "server-stub/api/fields.h"

#include <algorithm>

#include "server-stub/api/guard.h"
#include "shared/request/request.h"

namespace askus::api {
namespace {

using nlohmann::json;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool has_controls(std::string_view text, bool lines) {
  return std::any_of(text.begin(), text.end(), [lines](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && !(lines && (c == '\n' || c == '\t'))) || byte == 0x7F;
  });
}

}  // namespace

Fields::Fields(const http::Request& request) : is_json_(is_json(request)) {
  if (is_json_) json_ = json::parse(request.body, nullptr, false);
}

const json* Fields::find(std::string_view name) {
  asked_.emplace(name);
  if (!json_.is_object()) return nullptr;
  const auto found = json_.find(std::string(name));
  return found == json_.end() ? nullptr : &*found;
}

std::string Fields::text(std::string_view name, std::size_t most, Need need, Kind kind) {
  const json* value = find(name);
  if (value != nullptr && !value->is_string()) {
    fail(name, "must be a text");
    return {};
  }
  std::string text = value == nullptr ? std::string() : value->get<std::string>();
  if (kind != Kind::kSecret) text = std::string(trimmed(text));
  if (text.empty() || request::is_blank(text)) {
    if (need == Need::kRequired) fail(name, "is required");
    return {};
  }
  if (text.size() > most)
    fail(name, "is too long: at most " + std::to_string(most) + " bytes");
  else if (kind != Kind::kSecret && has_controls(text, kind == Kind::kText))
    fail(name, "has control characters");
  return text;
}

std::string Fields::one_of(std::string_view name, const std::vector<std::string_view>& values) {
  std::size_t most = 0;
  for (const std::string_view value : values) most = std::max(most, value.size());
  std::string given = text(name, most + 1);
  if (!given.empty() && std::find(values.begin(), values.end(), given) == values.end())
    fail(name, "is not one of those there are");
  return given;
}

bool Fields::flag(std::string_view name, bool otherwise) {
  const json* value = find(name);
  if (value == nullptr) return otherwise;
  if (value->is_boolean()) return value->get<bool>();
  fail(name, "must be true or false");
  return otherwise;
}

std::uint64_t Fields::number(std::string_view name, std::uint64_t least, std::uint64_t most) {
  const json* value = find(name);
  if (value != nullptr && value->is_number_unsigned() && *value >= least && *value <= most)
    return value->get<std::uint64_t>();
  fail(name,
       "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return least;
}

std::vector<std::string> Fields::list(std::string_view name, std::size_t most, std::size_t bytes) {
  const json* value = find(name);
  std::vector<std::string> texts;
  if (value == nullptr) return texts;
  if (!value->is_array() || value->size() > most) {
    fail(name, "must be a list of at most " + std::to_string(most));
    return texts;
  }
  for (const json& one : *value) {
    if (!one.is_string() || one.get_ref<const std::string&>().size() > bytes ||
        has_controls(one.get_ref<const std::string&>(), false)) {
      fail(name, "has what is no text of at most " + std::to_string(bytes) + " bytes");
      return texts;
    }
    texts.push_back(one.get<std::string>());
  }
  return texts;
}

std::map<std::string, std::string> Fields::texts(std::string_view name, std::size_t most,
                                                 std::size_t bytes) {
  const json* value = find(name);
  std::map<std::string, std::string> texts;
  if (value == nullptr) return texts;
  if (!value->is_object() || value->size() > most) {
    fail(name, "must be an object of at most " + std::to_string(most) + " texts");
    return texts;
  }
  for (const auto& [key, one] : value->items()) {
    if (!one.is_string() || one.get_ref<const std::string&>().size() > bytes ||
        has_controls(one.get_ref<const std::string&>(), false)) {
      fail(name, "has what is no text of at most " + std::to_string(bytes) + " bytes");
      return texts;
    }
    if (const std::string_view text = trimmed(one.get_ref<const std::string&>()); !text.empty())
      texts.emplace(key, text);
  }
  return texts;
}

void Fields::fail(std::string_view name, std::string text) {
  errors_.push_back({std::string(name), std::move(text)});
}

std::optional<http::Response> Fields::refusal() {
  namespace problems = http::problems;
  if (!is_json_) return http::problem(problems::kUnsupportedMediaType, "send application/json");
  if (!json_.is_object()) return http::problem(problems::kBadJson, "send one JSON object");
  for (const auto& [name, value] : json_.items())
    if (asked_.count(name) == 0)
      return http::problem(problems::kBadJson, "a member that is not known");
  if (errors_.empty()) return std::nullopt;
  return http::problem(problems::kInvalidRequest, "nothing was changed", errors_);
}

}  // namespace askus::api
