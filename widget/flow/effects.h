// What the core asks the page to do (docs/panel-protocol.md, "Effects").
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "shared/text/decimal.h"
#include "widget/view/strings.h"

namespace askus::flow {

class Effects {
 public:
  void add(std::string_view name, std::initializer_list<std::string_view> arguments = {}) {
    begin(name, arguments.size());
    for (const std::string_view argument : arguments) view::append_string(list_, argument);
  }
  void add(std::string_view name, const std::vector<std::string_view>& arguments) {
    begin(name, arguments.size());
    for (const std::string_view argument : arguments) view::append_string(list_, argument);
  }
  void focus(std::uint32_t key) { add("focus", {text::decimal(key)}); }
  void clear() { list_.clear(); }
  std::string_view list() const { return list_; }

 private:
  void begin(std::string_view name, std::size_t count) {
    view::append_string(list_, name);
    view::append_string(list_, text::decimal(count));
  }
  std::string list_;
};

}  // namespace askus::flow
