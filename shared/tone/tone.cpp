#include "shared/tone/tone.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "shared/text/letters.h"
#include "shared/text/skeleton.h"
#include "shared/text/stem.h"
#include "shared/text/tokens.h"
#include "shared/text/utf8.h"
#include "shared/tone/words.h"

namespace askus::tone {
namespace {

// The tunables, chosen on the first half of tests/shared/tone/told.tsv.
constexpr float kClear = 1.2f;      // a tone that has so much to say for it
constexpr float kTurned = -0.6f;    // of a word behind "not"
constexpr std::size_t kTurns = 2;   // from "not" to the pleased word that it turns, in words
constexpr float kShouted = 1.4f;    // of what is said with several exclamation marks or in capitals
constexpr float kCapitals = -1.2f;  // a text in capitals
constexpr float kMarks = -0.7f;     // "!!!" or "???" by themselves
constexpr float kFace = 1.6f;       // a smiling face, or an angry one
// Capitals: words of at least so many letters, and so many of them.
constexpr std::size_t kLongWord = 4, kShoutedWords = 3;

struct Phrase {
  std::vector<std::string> words;
  float weight = 0;
  bool courtesy = false;
};

// Latin words by themselves: what sounds like a Russian word does not mean it ("mess", "мес-яц").
std::string spelt(std::string_view token) {
  if (text::is_latin(token[0])) return "=" + std::string(text::Stem(token).view());
  return std::string(text::Skeleton(text::Stem(token).view()).view());
}

std::vector<std::string> words_of(std::string_view source, std::size_t most) {
  std::vector<std::string> words;
  text::Tokenizer tokens(source);
  for (text::Token token; words.size() < most && tokens.next(token);)
    words.push_back(spelt(token.text));
  return words;
}

template <typename Each>
void for_each_phrase(std::string_view list, Each each) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    each(words_of(list.substr(0, end), kMostRead));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

class Words {
 public:
  Words() {
    for (const Group& group : groups())
      for_each_phrase(group.phrases, [&](std::vector<std::string> words) {
        if (words.empty()) return;
        std::string first = words.front();
        phrases_[std::move(first)].push_back({std::move(words), group.weight, group.courtesy});
      });
    for (auto& [first, list] : phrases_)  // the longest says most exactly what is meant
      std::stable_sort(list.begin(), list.end(), [](const Phrase& a, const Phrase& b) {
        return a.words.size() > b.words.size();
      });
    for_each_phrase(negations(), [&](const std::vector<std::string>& words) {
      if (words.size() == 1) turning_.insert(words.front());
    });
    for_each_phrase(asking(), [&](std::vector<std::string> words) {
      if (!words.empty()) asking_.push_back(std::move(words));
    });
  }

  // The words that a phrase takes from `at` on; 0: it is not there.
  static std::size_t length(const std::vector<std::string>& phrase,
                            const std::vector<std::string>& text, std::size_t at) {
    std::size_t next = at;
    for (std::size_t i = 0; i < phrase.size(); ++i) {
      if (i > 0 && next < text.size() && text[next] != phrase[i] && next + 1 < text.size() &&
          text[next + 1] == phrase[i])
        ++next;  // one word between
      if (next >= text.size() || text[next] != phrase[i]) return 0;
      ++next;
    }
    return next - at;
  }

  const Phrase* at(const std::vector<std::string>& text, std::size_t place,
                   std::size_t& taken) const {
    const auto found = phrases_.find(text[place]);
    if (found == phrases_.end()) return nullptr;
    for (const Phrase& one : found->second)
      if ((taken = length(one.words, text, place)) > 0) return &one;
    return nullptr;
  }

  bool turns(const std::string& word) const { return turning_.count(word) > 0; }
  bool asks(const std::vector<std::string>& text) const {
    for (std::size_t at = 0; at < text.size(); ++at)
      for (const auto& one : asking_)
        if (length(one, text, at) > 0) return true;
    return false;
  }

 private:
  std::unordered_map<std::string, std::vector<Phrase>> phrases_;  // by the first word
  std::unordered_set<std::string> turning_;
  std::vector<std::vector<std::string>> asking_;
};

const Words& known() {
  static const Words words;
  return words;
}

std::size_t count(std::string_view source, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = source.find(part); at != std::string_view::npos;
       at = source.find(part, at + part.size()))
    ++n;
  return n;
}

float faces(std::string_view source) {
  float sum = 0;
  for (const std::string_view one :
       {"😡", "🤬", "👎", "😠", "😤", "🤮", "💩", "😢", "😭", ":(", "((("})
    if (count(source, one) > 0) sum -= kFace;
  for (const std::string_view one :
       {"😊", "👍", "❤", "😍", "🥰", "😀", "😃", "💛", "💙", "👏", ":)", ")))"})
    if (count(source, one) > 0) sum += kFace;
  return sum;
}

// Whether a letter is a capital one, of the three languages.
bool is_capital(char32_t code) {
  return (code >= U'A' && code <= U'Z') || (code >= 0x410 && code <= 0x42F) || code == 0x401 ||
         code == 0x404 || code == 0x406 || code == 0x407 || code == 0x490;
}

bool in_capitals(std::string_view source) {
  std::size_t shouted = 0, said = 0;
  text::Tokenizer tokens(source);
  text::Token token;
  for (std::size_t n = 0; n < kMostRead && tokens.next(token); ++n) {
    if (token.text.size() < kLongWord) continue;
    std::size_t letters = 0, capitals = 0;
    const std::string_view word = source.substr(token.begin, token.end - token.begin);
    for (std::size_t at = 0; at < word.size(); ++letters)
      capitals += is_capital(text::next(word, at)) ? 1 : 0;
    ++(capitals == letters ? shouted : said);
  }
  return shouted >= kShoutedWords && shouted > said;
}

struct Said {
  float pleased = 0, displeased = 0, thanks = 0;
};

Said said_by(const std::vector<std::string>& words) {
  Said said;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t taken = 1;
    const Phrase* phrase = known().at(words, at, taken);
    if (phrase == nullptr) {
      ++at;
      continue;
    }
    float weight = phrase->weight;
    const std::size_t reach = weight > 0 ? kTurns : 1;
    const std::size_t from = at > reach ? at - reach : 0;
    const bool turned = std::any_of(words.begin() + static_cast<std::ptrdiff_t>(from),
                                    words.begin() + static_cast<std::ptrdiff_t>(at),
                                    [](const std::string& word) { return known().turns(word); });
    // "Not bad" says less than "good"; "not good" as much as "bad".
    if (turned) weight = weight > 0 ? -weight : weight * kTurned;
    if (phrase->courtesy && !turned)
      said.thanks = std::max(said.thanks, weight);
    else
      (weight > 0 ? said.pleased : said.displeased) += weight;
    at += taken;
  }
  return said;
}

}  // namespace

std::string_view name_of(Tone tone) {
  constexpr std::array<std::string_view, 3> kNames{"negative", "neutral", "positive"};
  return kNames.at(static_cast<std::size_t>(tone));
}

Tone of_mood(std::string_view mood) {
  return mood == "happy" ? Tone::kPositive : mood == "upset" ? Tone::kNegative : Tone::kNeutral;
}

Tone guess(std::string_view source) {
  const std::vector<std::string> words = words_of(source, kMostRead);
  Said said = said_by(words);
  const bool asks = source.find('?') != std::string_view::npos || known().asks(words);
  // Thanks to who has displeased are irony, or a habit.
  float score = said.pleased + said.displeased + faces(source);
  if (!asks && said.displeased > -kClear) score += said.thanks;
  const bool marks = count(source, "!!") > 0 || count(source, "??") > 0 || count(source, "?!") > 0;
  const bool capitals = in_capitals(source);
  if (marks || capitals) score *= kShouted;
  if (score <= 0 && capitals) score += kCapitals;
  if (score <= 0 && marks) score += kMarks;
  return score >= kClear ? Tone::kPositive : score <= -kClear ? Tone::kNegative : Tone::kNeutral;
}

}  // namespace askus::tone
