// Reads values out of a configuration and keeps the first thing that is wrong.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/config/json_lines.h"

namespace askus::config {

using Json = nlohmann::json;

// A key's path: where it stands, and its own name.
std::string below(std::string_view path, std::string_view name);

class Reader {
 public:
  // Relative places are taken from the folder `base`. The document must outlive the reader.
  Reader(const JsonLines& document, std::string base)
      : document_(document), base_(std::move(base)) {}

  using Members = std::map<std::string_view, std::function<void(const Json&, const std::string&)>>;

  // Every member of an object by its own rule; others are unknown.
  void object(const Json& json, const std::string& path, const Members& members,
              const std::vector<std::string_view>& needed = {});
  // Every member of an object whose names are free.
  void each(const Json& json, const std::string& path,
            const std::function<void(const std::string&, const Json&, const std::string&)>& rule);

  std::string text(const Json& json, const std::string& path);
  std::string place(const Json& json, const std::string& path);
  bool flag(const Json& json, const std::string& path);
  std::uint64_t number(const Json& json, const std::string& path, std::uint64_t least,
                       std::uint64_t most);
  std::vector<std::string> list(const Json& json, const std::string& path,
                                const std::function<bool(std::string_view)>& valid,
                                std::string_view what);

  void fail(const std::string& path, const std::string& text);
  // "<line>: <path>", for what is found wrong later.
  std::string at(const std::string& path) const;
  bool ok() const { return error_.empty(); }
  const std::string& error() const { return error_; }

 private:
  const JsonLines& document_;
  const std::string base_;
  std::string error_;
};

}  // namespace askus::config
