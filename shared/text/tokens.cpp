#include "shared/text/tokens.h"

#include <algorithm>

#include "shared/text/fold.h"
#include "shared/text/letters.h"
#include "shared/text/utf8.h"

namespace askus::text {
namespace {

// What most texts are made of is looked up, not computed: ASCII, and the letters U+0400 to U+045F.
// The folded letter's byte, kSpace for what only parts words, or 0 for what needs a closer look.
constexpr char kSpace = 1;
struct Common {
  std::array<char, 0x80> ascii{};
  std::array<char, 0x80> cyrillic{};  // from U+0400
  constexpr Common() {
    for (std::size_t c = 0; c < ascii.size(); ++c) ascii[c] = kSpace;
    for (const char c : std::string_view("$'`")) ascii[byte_of(c)] = 0;
    for (char c = 'a'; c <= 'z'; ++c) {
      ascii[byte_of(c)] = c;
      ascii[byte_of(static_cast<char>(c - 'a' + 'A'))] = c;
    }
    for (char c = '0'; c <= '9'; ++c) ascii[byte_of(c)] = c;
    for (char32_t code = 0x400; code <= 0x45F; ++code) {
      char32_t lower = code < 0x410 ? code + 0x50 : code < 0x430 ? code + 0x20 : code;
      if (lower == U'ё') lower = U'е';
      cyrillic[code - 0x400] = letter(lower);
    }
  }
};
constexpr Common kCommon;

// What Common has for the letter at `at`; unless that is 0, `at` moves behind it.
inline char take_common(const char*& at, const char* end) {
  const unsigned lead = byte_of(*at);
  if (lead < 0x80) {
    const char folded = kCommon.ascii[lead];
    if (folded != 0) ++at;
    return folded;
  }
  if ((lead & 0xFEu) != 0xD0 || at + 1 == end) return 0;
  const unsigned tail = byte_of(at[1]);
  if ((tail & 0xC0u) != 0x80) return 0;
  const char folded = kCommon.cyrillic[(lead & 1u) << 6 | (tail & 0x3Fu)];
  if (folded != 0) at += 2;
  return folded;
}

// Letters of the two scripts that look alike, Latin and Cyrillic in turn.
constexpr Letters kAlike("aаbвcсeеhнiіkкmмoоpрtтxхyу");

// The counterpart in the other script, or 0.
char alike(char c) {
  const std::size_t at = kAlike.view().find(c);
  return at == std::string_view::npos ? '\0' : kAlike.bytes[at ^ 1u];
}

// Turns the letters that `foreign` tells of into those of the other script that look like them, if
// every one of them does.
bool unmix(char* begin, char* end, bool (*foreign)(char)) {
  if (std::any_of(begin, end, [&](char c) { return foreign(c) && alike(c) == 0; })) return false;
  for (char* c = begin; c != end; ++c) {
    if (foreign(*c)) *c = alike(*c);
  }
  return true;
}

// A word in which both scripts occur becomes one of the script that has more of it, else of the
// other, if the rest only looks like it.
void unmix(char* begin, char* end) {
  const bool cyrillic =
      std::count_if(begin, end, is_cyrillic) >= std::count_if(begin, end, is_latin);
  if (!unmix(begin, end, cyrillic ? is_latin : is_cyrillic))
    unmix(begin, end, cyrillic ? is_cyrillic : is_latin);
}

// Which kinds of letters a word has: a bit for the upper three bits of each one's first byte. The
// apostrophe is among the digits; it never begins a word.
constexpr unsigned kind_of(char c) {
  return 1u << (byte_of(c) >> 5);
}
constexpr unsigned kDigits = kind_of('0'), kLatins = kind_of('a');
constexpr unsigned kCyrillics = 1u << (kLetterFirst >> 5) | 1u << (kLetterLast >> 5);
static_assert(kind_of('9') == kDigits && kind_of('z') == kLatins);

// The word that a currency sign stands for.
std::string_view currency(char32_t code) {
  static constexpr Letters kHryvnia("грн");
  static constexpr Letters kEuro("евро");
  switch (code) {
    case U'₴':
      return kHryvnia.view();
    case U'€':
      return kEuro.view();
    case U'$':
      return "usd";
    default:
      return {};
  }
}

}  // namespace

void Tokenizer::append(char32_t folded) {
  if (size_ + 4 > kMaxTokenBytes) return;
  last_ = size_;
  if (folded >= kCyrillicFirst && folded <= kCyrillicLast)
    buffer_[size_++] = letter(folded);
  else
    size_ += put(folded, buffer_.data() + size_);
  kinds_ = static_cast<std::uint8_t>(kinds_ | kind_of(buffer_[last_]));
}

// Whether a letter after these digits is a unit written to them. "4g", "2fa" stay whole.
bool Tokenizer::splits_before(char c) const {
  return kinds_ == kDigits && !is_digit(c) && (size_ >= 2 || is_cyrillic(c));
}

void Tokenizer::finish(Token& token) {
  token.hyphenated = token.begin == end_ + 1 && source_[end_] == '-';
  end_ = token.end;
  if ((kinds_ & kLatins) != 0 && (kinds_ & kCyrillics) != 0)
    unmix(buffer_.data(), buffer_.data() + size_);
  token.text = {buffer_.data(), size_};
}

// A letter outside the common ones, a mark or an apostrophe: true while the word goes on.
bool Tokenizer::take_rare(Token& token, std::size_t start, bool& apostrophe) {
  const char32_t code = text::next(source_, pos_);
  if (is_letter(code) && !is_mark(code)) {
    if (size_ == 0) token.begin = static_cast<std::uint32_t>(start);
    if (apostrophe) append(kApostrophe);
    apostrophe = false;
    append(fold(code));
    token.end = static_cast<std::uint32_t>(pos_);
    return true;
  }
  if (is_mark(code)) {
    if (size_ == 0) return true;
    // и, і and у are the only letters that a mark makes into others.
    if (const char base = buffer_[last_]; is_cyrillic(base)) {
      const char32_t before = byte_of(base) - kLetterFirst + kCyrillicFirst;
      buffer_[last_] = letter(compose(before, code));
    }
    token.end = static_cast<std::uint32_t>(pos_);
    return true;
  }
  if (size_ != 0) {
    if (!currency(code).empty()) pos_ = start;  // a word of its own
    if (apostrophe || fold(code) != kApostrophe) return false;
    apostrophe = true;
    return true;
  }
  const std::string_view word = currency(code);
  if (word.empty()) return true;
  std::copy(word.begin(), word.end(), buffer_.begin());
  size_ = word.size();
  token.begin = static_cast<std::uint32_t>(start);
  token.end = static_cast<std::uint32_t>(pos_);
  return false;
}

bool Tokenizer::next(Token& token) {
  size_ = 0;
  kinds_ = 0;
  bool apostrophe = false;  // seen, and kept only if a letter follows
  const char* const begin = source_.data();
  const char* const end = begin + source_.size();
  const char* at = begin + pos_;
  while (at != end) {
    const char* const start = at;
    const char folded = take_common(at, end);
    if (folded == 0) {
      pos_ = static_cast<std::size_t>(start - begin);
      const bool goes_on = take_rare(token, pos_, apostrophe);
      at = begin + pos_;
      if (!goes_on) break;
      continue;
    }
    if (folded == kSpace) {
      if (size_ == 0) continue;
      break;
    }
    if (size_ == 0) {
      token.begin = static_cast<std::uint32_t>(start - begin);
    } else if (splits_before(folded)) {
      at = start;
      break;
    }
    if (apostrophe && !is_cyrillic(folded)) append(kApostrophe);
    apostrophe = false;
    token.end = static_cast<std::uint32_t>(at - begin);
    if (size_ < kMaxTokenBytes) {
      last_ = size_;
      buffer_[size_++] = folded;
      kinds_ = static_cast<std::uint8_t>(kinds_ | kind_of(folded));
    }
  }
  pos_ = static_cast<std::size_t>(at - begin);
  if (size_ != 0) finish(token);
  return size_ != 0;
}

}  // namespace askus::text
