#include "server-stub/social/json.h"

namespace askus::social {
namespace {

const Json* member(const Json& json, const char* name) {
  if (!json.is_object()) return nullptr;
  const auto found = json.find(name);
  return found == json.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Json> parse_object(std::string_view text) {
  // The lexer would take it for the end.
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  bool too_deep = false;
  const auto shallow = [&too_deep](int depth, Json::parse_event_t, Json&) {
    too_deep |= depth > kMaxDepth;
    return !too_deep;
  };
  Json json = Json::parse(text, shallow, false);
  if (too_deep || !json.is_object()) return std::nullopt;
  return json;
}

std::string text_of(const Json& json, const char* name) {
  const Json* value = member(json, name);
  return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

std::string id_of(const Json& json, const char* name) {
  const Json* value = member(json, name);
  return value != nullptr && value->is_number_integer() ? value->dump() : text_of(json, name);
}

const Json& object_of(const Json& json, const char* name) {
  static const Json kEmpty = Json::object();
  const Json* value = member(json, name);
  return value != nullptr && value->is_object() ? *value : kEmpty;
}

const Json& list_of(const Json& json, const char* name) {
  static const Json kEmpty = Json::array();
  const Json* value = member(json, name);
  return value != nullptr && value->is_array() ? *value : kEmpty;
}

}  // namespace askus::social
