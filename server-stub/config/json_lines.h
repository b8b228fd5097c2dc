// JSON together with the line that each key stands on, for messages to whoever wrote it.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace askus::config {

// NOLINTNEXTLINE(bugprone-exception-escape): nlohmann's move only asserts
struct JsonLines {
  nlohmann::json value;
  std::map<std::string, int> lines;  // "/sites/demo" -> line, counted from 1
};

// kMalformed for what is not JSON, and for a key that is given twice, with "<line>: ".
Result<JsonLines> parse_with_lines(std::string_view json);

}  // namespace askus::config
