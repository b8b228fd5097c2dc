#include "widget/view/strings.h"
#include "shared/text/decimal.h"

namespace askus::view {

namespace {

Error cut_short() {
  return {Code::kMalformed, "a string list ends within a string"};
}

// Takes `size` bytes off `list` and adds them to `strings`.
Status take(std::string_view& list, std::size_t size, std::vector<std::string_view>& strings) {
  if (size > list.size()) return cut_short();
  if (strings.size() == kMaxListed) return Error{Code::kTooLarge, "over 256 strings in a list"};
  strings.push_back(list.substr(0, size));
  list.remove_prefix(size);
  return {};
}

}  // namespace

void append_string(std::string& list, std::string_view text) {
  for (unsigned shift = 0; shift < 32; shift += 8) {
    list.push_back(static_cast<char>(text.size() >> shift & 0xFF));
  }
  list.append(text);
}

Result<std::vector<std::string_view>> read_strings(std::string_view list) {
  std::vector<std::string_view> strings;
  while (!list.empty()) {
    if (list.size() < 4) return cut_short();
    std::uint32_t size = 0;
    for (unsigned i = 4; i-- > 0;) size = size << 8 | static_cast<unsigned char>(list[i]);
    list.remove_prefix(4);
    if (const Status status = take(list, size, strings); !status) return status.error();
  }
  return strings;
}

void append_text(std::string& list, std::string_view text) {
  list.append(text::decimal(text.size())).append(1, ':').append(text);
}

Result<std::vector<std::string_view>> read_texts(std::string_view list) {
  std::vector<std::string_view> strings;
  while (!list.empty()) {
    const auto [size, digits] = text::read_decimal(list);
    if (digits == 0 || digits == list.size() || list[digits] != ':') {
      return Error{Code::kMalformed, "a text list has no size where one belongs"};
    }
    list.remove_prefix(digits + 1);
    if (const Status status = take(list, size, strings); !status) return status.error();
  }
  return strings;
}

}  // namespace askus::view
