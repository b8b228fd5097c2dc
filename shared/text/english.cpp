#include "shared/text/english.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "shared/text/letters.h"
#include "shared/text/parts.h"

namespace askus::text {
namespace {

using std::string_view;

constexpr std::uint32_t kVowels = [] {
  std::uint32_t bits = 0;
  for (const char c : string_view("aeiouy")) bits |= 1u << (c - 'a');
  return bits;
}();

bool is_vowel(char c) {
  return is_latin(c) && (kVowels >> (c - 'a') & 1u) != 0;
}

// A word being stemmed. A `y` that is a consonant is written `Y` while it is.
class Word {
 public:
  Word(char* letters, std::size_t size) : letters_(letters), size_(size) {
    for (std::size_t i = 0; i < size_; ++i) {
      if (letters_[i] == 'y' && (i == 0 || is_vowel(letters_[i - 1]))) letters_[i] = 'Y';
    }
    r1_ = region(0);
    for (const string_view prefix : {"gener", "commun", "arsen"}) {
      if (view().starts_with(prefix)) r1_ = prefix.size();
    }
    r2_ = region(r1_);
  }

  string_view view() const { return {letters_, size_}; }
  bool ends(string_view suffix) const { return ends_with(view(), suffix); }
  char before(string_view suffix) const {
    return size_ > suffix.size() ? letters_[size_ - suffix.size() - 1] : '\0';
  }
  bool in_r1(string_view suffix) const { return size_ - suffix.size() >= r1_; }
  bool in_r2(string_view suffix) const { return size_ - suffix.size() >= r2_; }
  bool vowel_before(string_view suffix) const {
    return std::any_of(letters_, letters_ + size_ - suffix.size(), is_vowel);
  }
  void replace(string_view suffix, string_view with) {
    size_ -= suffix.size();
    std::copy(with.begin(), with.end(), letters_ + size_);
    size_ += with.size();
  }
  // Ends in a short syllable, with nothing behind R1's start.
  bool is_short() const { return r1_ >= size_ && short_syllable(size_); }
  bool short_syllable(std::size_t end) const {
    if (end == 2) return is_vowel(letters_[0]) && !is_vowel(letters_[1]);
    return end > 2 && !is_vowel(letters_[end - 3]) && is_vowel(letters_[end - 2]) &&
           !is_vowel(letters_[end - 1]) &&
           string_view("wxY").find(letters_[end - 1]) == string_view::npos;
  }
  std::size_t size() const { return size_; }
  std::size_t finish() {
    for (std::size_t i = 0; i < size_; ++i) {
      if (letters_[i] == 'Y') letters_[i] = 'y';
    }
    return size_;
  }

 private:
  // Behind the first consonant that follows a vowel, from `from` on.
  std::size_t region(std::size_t from) const {
    for (std::size_t i = from + 1; i < size_; ++i) {
      if (is_vowel(letters_[i - 1]) && !is_vowel(letters_[i])) return i + 1;
    }
    return size_;
  }

  char* letters_;
  std::size_t size_, r1_ = 0, r2_ = 0;
};

// Rules of a step: each suffix with what takes its place. Of those that the word ends with the
// longest decides.
struct Rule {
  string_view suffix, with;
};

Rule longest(const Word& word, const char* at, const char* end) {
  Rule best;
  const char last = word.before("");
  while (at != end) {
    const string_view suffix = next_part(at);
    const string_view with = next_part(at);
    if (suffix.back() == last && suffix.size() > best.suffix.size() && word.ends(suffix))
      best = {suffix, with};
  }
  return best;
}

template <std::size_t Size>
Rule longest(const Word& word, const Parts<Size>& rules) {
  return longest(word, rules.begin(), rules.end());
}

bool one_of(char c, string_view letters) {
  return letters.find(c) != string_view::npos;
}

// Steps 0 and 1a: genitives and plurals.
void plural(Word& word) {
  if (word.ends("'")) word.replace("'", "");
  if (word.ends("'s")) word.replace("'s", "");
  if (word.ends("sses")) return word.replace("es", "");
  if (word.ends("ied") || word.ends("ies"))
    return word.replace("ies", word.size() > 4 ? "i" : "ie");
  if (word.ends("us") || word.ends("ss") || !word.ends("s")) return;
  // A vowel, but not just before the s.
  if (word.size() > 2 && word.vowel_before("?s")) word.replace("s", "");
}

// Step 1b: past forms and participles.
void participle(Word& word) {
  static constexpr Parts kRules(Letters("eedly:ee eed:ee ingly: edly: ing: ed: "));
  const string_view suffix = longest(word, kRules).suffix;
  if (suffix.empty()) return;
  if (suffix.starts_with("ee")) {
    if (word.in_r1(suffix)) word.replace(suffix, "ee");
    return;
  }
  if (!word.vowel_before(suffix)) return;
  word.replace(suffix, "");
  const char last = word.before("");
  const bool doubled =
      last == word.before("?") && string_view("bdfgmnprt").find(last) != string_view::npos;
  if (doubled)
    word.replace("?", "");
  else if (word.ends("at") || word.ends("bl") || word.ends("iz") || word.is_short())
    word.replace("", "e");
}

// Step 2.
void derived(Word& word) {
  static constexpr Parts kRules(Letters(
      "tional:tion enci:ence anci:ance abli:able entli:ent izer:ize ization:ize ational:ate "
      "ation:ate ator:ate alism:al aliti:al alli:al fulness:ful ousli:ous ousness:ous iveness:ive "
      "iviti:ive biliti:ble bli:ble ogi:og fulli:ful lessli:less li: "));
  const Rule rule = longest(word, kRules);
  if (rule.suffix.empty() || !word.in_r1(rule.suffix)) return;
  if (rule.suffix == "ogi" && word.before("ogi") != 'l') return;
  if (rule.suffix == "li" && !one_of(word.before("li"), "cdeghkmnrt")) return;
  word.replace(rule.suffix, rule.with);
}

// Step 3.
void shorter(Word& word) {
  static constexpr Parts kRules(
      Letters("tional:tion ational:ate alize:al icate:ic iciti:ic ical:ic ful: ness: ative: "));
  const Rule rule = longest(word, kRules);
  if (rule.suffix.empty() || !word.in_r1(rule.suffix)) return;
  if (rule.suffix == "ative" && !word.in_r2("ative")) return;
  word.replace(rule.suffix, rule.with);
}

// Step 4.
void bare(Word& word) {
  static constexpr Parts kRules(Letters(
      "al: ance: ence: er: ic: able: ible: ant: ement: ment: ent: ism: ate: iti: ous: ive: ize: "
      "ion: "));
  const Rule rule = longest(word, kRules);
  if (rule.suffix.empty() || !word.in_r2(rule.suffix)) return;
  if (rule.suffix == "ion" && !one_of(word.before("ion"), "st")) return;
  word.replace(rule.suffix, "");
}

// Step 5.
void last_letter(Word& word) {
  if (word.ends("e")) {
    if (word.in_r2("e") || (word.in_r1("e") && !word.short_syllable(word.size() - 1)))
      word.replace("e", "");
  } else if (word.ends("ll") && word.in_r2("l")) {
    word.replace("l", "");
  }
}

}  // namespace

std::size_t english_stem(char* letters, std::size_t size) {
  if (size <= 2) return size;
  Word word(letters, size);
  plural(word);
  participle(word);
  // Step 1c.
  if ((word.ends("y") || word.ends("Y")) && word.size() > 2 && !is_vowel(word.before("y")))
    word.replace("y", "i");
  derived(word);
  shorter(word);
  bare(word);
  last_letter(word);
  return word.finish();
}

}  // namespace askus::text
