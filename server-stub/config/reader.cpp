#include "server-stub/config/reader.h"

#include <filesystem>

namespace askus::config {

std::string below(std::string_view path, std::string_view name) {
  std::string joined(path);
  joined += '/';
  joined += name;
  return joined;
}

void Reader::object(const Json& json, const std::string& path, const Members& members,
                    const std::vector<std::string_view>& needed) {
  if (!json.is_object()) return fail(path, "must be an object");
  for (const auto& [name, value] : json.items()) {
    const auto member = members.find(name);
    if (member == members.end())
      fail(below(path, name), "is not a known key");
    else
      member->second(value, below(path, name));
  }
  for (const std::string_view name : needed)
    if (!json.contains(name)) fail(path, "\"" + std::string(name) + "\" is missing");
}

void Reader::each(
    const Json& json, const std::string& path,
    const std::function<void(const std::string&, const Json&, const std::string&)>& rule) {
  if (!json.is_object()) return fail(path, "must be an object");
  for (const auto& [name, value] : json.items()) rule(name, value, below(path, name));
}

std::string Reader::text(const Json& json, const std::string& path) {
  if (json.is_string() && !json.get_ref<const std::string&>().empty())
    return json.get<std::string>();
  fail(path, "must be a text, not " + json.dump());
  return {};
}

std::string Reader::place(const Json& json, const std::string& path) {
  return (std::filesystem::path(base_) / text(json, path)).lexically_normal().string();
}

bool Reader::flag(const Json& json, const std::string& path) {
  if (json.is_boolean()) return json.get<bool>();
  fail(path, "must be true or false, not " + json.dump());
  return false;
}

std::uint64_t Reader::number(const Json& json, const std::string& path, std::uint64_t least,
                             std::uint64_t most) {
  if (json.is_number_unsigned()) {
    const auto value = json.get<std::uint64_t>();
    if (value >= least && value <= most) return value;
  }
  fail(path, "must be a whole number from " + std::to_string(least) + " to " +
                 std::to_string(most) + ", not " + json.dump());
  return least;
}

std::vector<std::string> Reader::list(const Json& json, const std::string& path,
                                      const std::function<bool(std::string_view)>& valid,
                                      std::string_view what) {
  std::vector<std::string> values;
  if (!json.is_array()) {
    fail(path, "must be a list");
    return values;
  }
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string at = below(path, std::to_string(i));
    values.push_back(text(json[i], at));
    if (ok() && !valid(values.back())) fail(at, "is not " + std::string(what) + ": " + values[i]);
  }
  return values;
}

std::string Reader::at(const std::string& path) const {
  // A missing or nested value is shown at the nearest line above it.
  std::string known = path;
  while (!known.empty() && document_.lines.count(known) == 0) known.erase(known.rfind('/'));
  const int line = known.empty() ? 1 : document_.lines.at(known);
  return std::to_string(line) + ": " + (path.empty() ? "/" : path);
}

void Reader::fail(const std::string& path, const std::string& text) {
  if (error_.empty()) error_ = at(path) + ": " + text;
}

}  // namespace askus::config
