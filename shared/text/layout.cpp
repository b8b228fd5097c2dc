#include "shared/text/layout.h"

#include "shared/text/fold.h"
#include "shared/text/utf8.h"

namespace askus::text {
namespace {

// The keys from top left to bottom right, as the three layouts label them.
constexpr std::u32string_view kLatin = U"`qwertyuiop[]\\asdfghjkl;'zxcvbnm,./{}|:\"<>?~";
constexpr std::u32string_view kUkrainian = U"'йцукенгшщзхїґфівапролджєячсмитьбю.хїґжєбю,'";
constexpr std::u32string_view kRussian = U"ёйцукенгшщзхъ\\фывапролджэячсмитьбю.хъ/жэбю,ё";
static_assert(kLatin.size() == kUkrainian.size() && kLatin.size() == kRussian.size());

std::string convert(std::string_view text, std::u32string_view from, std::u32string_view to) {
  std::string out;
  for (std::size_t pos = 0; pos < text.size();) {
    char32_t code = next(text, pos);
    // Not folded whole: the marks on the keys are letters of the other layout.
    if (is_letter(code)) {
      const char32_t lower = fold(code);
      code = code == U'ґ' || code == U'Ґ' ? U'ґ' : code == U'ё' || code == U'Ё' ? U'ё' : lower;
    }
    const std::size_t key = from.find(code);
    char bytes[4];
    out.append(bytes, put(key == std::u32string_view::npos ? code : to[key], bytes));
  }
  return out;
}

std::u32string_view keys(Layout layout) {
  return layout == Layout::kUkrainian ? kUkrainian : kRussian;
}

}  // namespace

std::string typed_as(std::string_view text, Layout meant) {
  return convert(text, kLatin, keys(meant));
}

std::string typed_as_latin(std::string_view text, Layout used) {
  return convert(text, keys(used), kLatin);
}

}  // namespace askus::text
