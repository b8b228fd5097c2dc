#include "server-stub/http/exposition.h"

#include <array>
#include <cstdio>

namespace askus::http {
namespace {

void append_escaped(std::string& text, std::string_view value) {
  for (const char c : value) {
    if (c == '\n') {
      text += "\\n";
      continue;
    }
    if (c == '\\' || c == '"') text += '\\';
    text += c;
  }
}

}  // namespace

void Exposition::family(std::string_view name, std::string_view type, std::string_view help) {
  name_ = name;
  text_.append("# HELP ").append(name).append(" ").append(help).append("\n");
  text_.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

void Exposition::sample(std::uint64_t value, Labels labels, std::string_view suffix) {
  write(std::to_string(value), labels, suffix);
}

void Exposition::sample(double value, Labels labels, std::string_view suffix) {
  std::array<char, 40> text{};
  const int size = std::snprintf(text.data(), text.size(), "%.9g", value);
  write({text.data(), static_cast<std::size_t>(size)}, labels, suffix);
}

void Exposition::write(std::string_view value, Labels labels, std::string_view suffix) {
  text_.append(name_).append(suffix);
  char before = '{';
  for (const auto& [name, of] : labels) {
    if (of.empty()) continue;
    text_ += before;
    text_.append(name).append("=\"");
    append_escaped(text_, of);
    text_ += '"';
    before = ',';
  }
  if (before == ',') text_ += '}';
  text_ += ' ';
  text_.append(value).append("\n");
}

}  // namespace askus::http
