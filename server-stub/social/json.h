// JSON of other people's servers: members of the expected type or nothing, whatever is there.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace askus::social {

using Json = nlohmann::json;

// Deeper than any message of a platform; a stack has room for it.
inline constexpr int kMaxDepth = 32;

// Nothing for what is not one object in UTF-8, nested deeper than kMaxDepth, or holds a NUL.
std::optional<Json> parse_object(std::string_view text);

// The member's text; "" when it is missing or no text.
std::string text_of(const Json& json, const char* name);
// An id or a time: a text as it is, a whole number in decimal; else "".
std::string id_of(const Json& json, const char* name);
// The member when it is an object, else an empty one.
const Json& object_of(const Json& json, const char* name);
// The same for a list.
const Json& list_of(const Json& json, const char* name);

}  // namespace askus::social
