#include "shared/studio/meaning.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "shared/lexicon/constants.h"
#include "shared/lexicon/logarithm.h"
#include "shared/lexicon/matcher.h"
#include "shared/search/constants.h"
#include "shared/search/lexicon_words.h"
#include "shared/search/similar.h"
#include "shared/search/strings.h"
#include "shared/text/layout.h"
#include "shared/text/letters.h"
#include "shared/text/slips.h"
#include "shared/text/stop_words.h"
#include "shared/text/tokens.h"
#include "shared/text/translit.h"

namespace askus::studio {
namespace {

using lexicon::Matcher;

// Another layout is tried below this share of known letters, and taken when it has so much more.
constexpr float kLayoutTry = 0.5f, kLayoutGain = 0.35f;
// A word that nothing knows is one that is like it: so like by trigrams, and so many slips away by
// its letters (skeletons of at least so many). Among the lexicon's words that nobody else typed,
// only one slip.
constexpr float kLeastDice = 0.3f;
constexpr std::size_t kMostLike = 24, kOneSlip = 3, kSureSlip = 4, kTwoSlips = 8;
// Words that are shorter than kSureSlip are taken for one that so many texts have.
constexpr std::uint32_t kFrequent = 5;
// A word that the lexicon has not either must be so many times as frequent to be taken for.
constexpr std::uint32_t kTimesAsFrequent = 3;

// What a text says of a concept: a form of it that is there whole (Matcher), or what its words come
// to as signs, to the power of kSignPower and at most of kMostActivation. Chosen, like the shares
// of clusters.cpp, on the odd families of tests/studio/month; lower powers let common words decide.
constexpr float kSigns = 0.7f, kSignPower = 2.0f;
constexpr float kPhraseSum = 1.3f;  // what the words of a phrase come to together
constexpr float kSharpen = 1.5f;    // the power of all that: the strongest concepts tell most
constexpr std::size_t kMostConcepts = 12;  // of a text

// A word's spelling (search/lexicon_words.h), and how it was come by.
struct Spelt {
  std::string spelling;  // empty: a stop word
  bool known = false;    // the lexicon has it, or it is a stop word
  bool as_typed = true;  // in its own script
};

// As lexicon::log: a double's power, rounded, is the same natively and in wasm.
float power(float value, float exponent) {
  return static_cast<float>(std::pow(static_cast<double>(value), static_cast<double>(exponent)));
}

class Reader {
 public:
  Reader(std::span<const std::string_view> texts, const lexicon::Lexicon& lexicon)
      : matcher_(lexicon), texts_(texts) {}

  std::vector<Meaning> run() {
    meanings_.resize(texts_.size());
    read_.resize(texts_.size());
    for (std::size_t i = 0; i < texts_.size(); ++i) read(i);
    correct();
    find_kinds();
    weigh_words();
    weigh_concepts();
    return std::move(meanings_);
  }

 private:
  struct Placed {
    std::uint32_t spelling = 0;  // in spellings_
    std::uint32_t position = 0;
  };

  Spelt spell(std::string_view letters) const;
  const Spelt& spelt(std::string_view letters);
  float known_share(std::string_view text);
  std::string meant(std::string_view text);
  void read(std::size_t i);
  void correct();
  std::uint32_t like(std::uint32_t unknown, search::SimilarIndex& similar,
                     const search::Strings& all, const std::vector<bool>& accepted) const;
  void find_kinds();
  void weigh_words();
  std::vector<std::vector<Feature>> signs() const;
  std::map<std::uint32_t, float> about(std::uint32_t kind,
                                       const std::vector<std::vector<Feature>>& signs);
  void weigh_concepts();
  static void normalise(std::vector<Feature>& list);
  float idf(float documents) const {
    return lexicon::log(1 + static_cast<float>(first_of_kind_.size()) / (0.5f + documents));
  }

  Matcher matcher_;
  std::span<const std::string_view> texts_;
  std::unordered_map<std::string, Spelt> cache_;  // by a token's letters
  search::Strings spellings_;
  std::vector<bool> known_;                // by spelling: the lexicon has it
  std::vector<std::uint32_t> texts_with_;  // by spelling
  std::vector<std::uint32_t> stands_for_;  // by spelling: itself, or what it was meant to be
  std::vector<std::vector<Placed>> read_;  // by text
  // Texts with the same words are of one kind.
  std::vector<std::uint32_t> kind_of_;                     // by text
  std::vector<std::uint32_t> first_of_kind_;               // by kind: its first text
  std::vector<std::vector<std::uint32_t>> words_of_kind_;  // sorted
  std::vector<Meaning> meanings_;
};

Spelt Reader::spell(std::string_view letters) const {
  const search::LexiconWord own(letters);
  if (own.view().empty()) return {{}, true, true};
  const std::string spelling(own.view());
  if (matcher_.find(spelling) || text::is_digit(letters[0])) return {spelling, true, true};
  if (!text::is_latin(letters[0])) return {spelling, false, true};
  std::string first;
  for (const auto way : {text::Spelling::kUkrainian, text::Spelling::kRussian}) {
    const text::Cyrillic cyrillic(letters, way);
    const search::LexiconWord word(cyrillic.view());
    if (word.view().empty()) return {{}, true, false};
    if (matcher_.find(word.view())) return {std::string(word.view()), true, false};
    if (first.empty()) first = word.view();
  }
  return {first, false, false};
}

const Spelt& Reader::spelt(std::string_view letters) {
  const auto [entry, is_new] = cache_.try_emplace(std::string(letters));
  if (is_new) entry->second = spell(letters);
  return entry->second;
}

// The letters that are in words which are known, stop words among them.
float Reader::known_share(std::string_view text) {
  std::size_t known = 0, all = 0, words = 0;
  text::Tokenizer tokens(text);
  for (text::Token token; words < kMaxMeantWords && tokens.next(token); ++words) {
    all += token.text.size();
    if (spelt(token.text).known) known += token.text.size();
  }
  return all == 0 ? 1 : static_cast<float>(known) / static_cast<float>(all);
}

// The text on the layout it was meant for; empty: on its own.
std::string Reader::meant(std::string_view text) {
  float best = known_share(text);
  if (best >= kLayoutTry) return {};
  best += kLayoutGain;
  std::string meant;
  for (const text::Layout layout : text::kLayouts) {
    std::string other = text::typed_as(text, layout);
    const float share = known_share(other);
    if (share < best) continue;
    best = share + 1e-6f;
    meant = std::move(other);
  }
  return meant == text ? std::string() : meant;
}

void Reader::read(std::size_t i) {
  Meaning& meaning = meanings_[i];
  meaning.meant = meant(texts_[i]);
  const std::string_view text = meaning.meant.empty() ? texts_[i] : meaning.meant;
  std::size_t as_typed = 0, all = 0, words = 0;
  text::Tokenizer tokens(text);
  for (text::Token token; words < kMaxMeantWords && tokens.next(token); ++words) {
    const Spelt& word = spelt(token.text);
    all += token.text.size();
    if (word.known && word.as_typed) as_typed += token.text.size();
    if (word.spelling.empty()) continue;
    const std::uint32_t number = spellings_.add(word.spelling);
    if (number == known_.size()) {
      known_.push_back(word.known);
      texts_with_.push_back(0);
    }
    const auto is_it = [number](const Placed& one) { return one.spelling == number; };
    if (std::none_of(read_[i].begin(), read_[i].end(), is_it)) ++texts_with_[number];
    read_[i].push_back({number, static_cast<std::uint32_t>(words)});
  }
  meaning.known = all == 0 ? 0 : static_cast<float>(as_typed) / static_cast<float>(all);
}

// What an unknown spelling was meant to be, or itself.
std::uint32_t Reader::like(std::uint32_t unknown, search::SimilarIndex& similar,
                           const search::Strings& all, const std::vector<bool>& accepted) const {
  const std::string_view spelling = spellings_[unknown];
  if (spelling.size() < kOneSlip) return unknown;
  const std::size_t most = spelling.size() < kTwoSlips ? 1 : 2;
  std::uint32_t best = unknown;
  std::size_t best_slips = most + 1;
  std::uint32_t best_texts = 0;
  similar.walked = 0;
  similar.find(spelling, kLeastDice, kMostLike, [&](std::uint32_t other, float) {
    if (other == unknown || all[other].size() < kOneSlip) return;
    const bool is_typed = other < accepted.size();  // the others are the lexicon's
    const std::uint32_t texts = is_typed ? texts_with_[other] : 0;
    if (is_typed && !known_[other] &&
        (!accepted[other] || texts < kTimesAsFrequent * texts_with_[unknown]))
      return;
    const std::size_t count = text::slips(spelling, all[other], most);
    if (count > most || (texts == 0 && count > 1)) return;
    if (spelling.size() < kSureSlip && texts < kFrequent) return;
    if (count > best_slips || (count == best_slips && texts <= best_texts)) return;
    best = other;
    best_slips = count;
    best_texts = texts;
  });
  return best;
}

// The more frequent of the unknown spellings first: they are what the others may be meant to be.
void Reader::correct() {
  const std::uint32_t typed = spellings_.size();
  search::Strings all;
  for (std::uint32_t s = 0; s < typed; ++s) all.add(spellings_[s]);
  for (std::uint32_t w = 0; w < matcher_.word_count(); ++w) all.add(matcher_.word(w));
  search::SimilarIndex similar(all);
  std::vector<std::uint32_t> unknown;
  stands_for_.resize(typed);
  for (std::uint32_t s = 0; s < typed; ++s) {
    stands_for_[s] = s;
    if (!known_[s]) unknown.push_back(s);
  }
  std::sort(unknown.begin(), unknown.end(), [this](std::uint32_t a, std::uint32_t b) {
    return texts_with_[a] != texts_with_[b] ? texts_with_[a] > texts_with_[b]
                                            : spellings_[a] < spellings_[b];
  });
  std::vector<bool> accepted(typed, false);
  for (const std::uint32_t s : unknown) {
    const std::uint32_t other = like(s, similar, all, accepted);
    accepted[s] = other == s;
    if (other == s) continue;
    stands_for_[s] = spellings_.add(all[other]);
  }
}

void Reader::normalise(std::vector<Feature>& list) {
  float sum = 0;
  for (const Feature& one : list) sum += one.weight * one.weight;
  if (sum <= 0) return list.clear();
  const float length = std::sqrt(sum);
  for (Feature& one : list) one.weight /= length;
}

// The texts by their different words: however often a thing is asked, its words are no less
// telling.
void Reader::find_kinds() {
  std::map<std::vector<std::uint32_t>, std::uint32_t> kinds;
  for (std::size_t i = 0; i < read_.size(); ++i) {
    std::vector<std::uint32_t> words;
    for (const Placed& one : read_[i]) words.push_back(stands_for_[one.spelling]);
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    const auto [entry, is_new] = kinds.try_emplace(std::move(words), kinds.size());
    if (is_new) first_of_kind_.push_back(static_cast<std::uint32_t>(i));
    kind_of_.push_back(entry->second);
  }
  words_of_kind_.resize(kinds.size());
  for (const auto& [words, kind] : kinds) words_of_kind_[kind] = words;
}

void Reader::weigh_words() {
  std::vector<float> kinds_with(spellings_.size());
  for (const auto& words : words_of_kind_)
    for (const std::uint32_t word : words) ++kinds_with[word];
  for (std::size_t i = 0; i < read_.size(); ++i) {
    for (const std::uint32_t word : words_of_kind_[kind_of_[i]])
      if (spellings_[word] != search::kNegationWord)
        meanings_[i].words.push_back({word, idf(kinds_with[word])});
    normalise(meanings_[i].words);
  }
}

// The concepts that each of the lexicon's words is a sign of, as lexicon::compile has them.
std::vector<std::vector<Feature>> Reader::signs() const {
  std::vector<std::vector<Feature>> signs(matcher_.word_count());
  for (const lexicon::MatchedForm& form : matcher_.forms()) {
    float whole = 0;
    for (const std::uint32_t word : form.words) whole += matcher_.worth(word);
    const bool is_phrase = form.words.size() > 1;
    if (!is_phrase) whole = std::max(whole, lexicon::kLoneWord);
    const float sum =
        (is_phrase ? kPhraseSum : 1) * (matcher_.is_broad(form.of) ? lexicon::kBroad : 1);
    for (const std::uint32_t word : form.words)
      signs[word].push_back({form.of, matcher_.worth(word) / whole * sum});
  }
  for (std::vector<Feature>& list : signs) {  // of each concept the strongest
    std::sort(list.begin(), list.end(), [](const Feature& a, const Feature& b) {
      return a.id != b.id ? a.id < b.id : a.weight > b.weight;
    });
    list.erase(std::unique(list.begin(), list.end(),
                           [](const Feature& a, const Feature& b) { return a.id == b.id; }),
               list.end());
  }
  return signs;
}

// What a text of that kind is about, by concept.
std::map<std::uint32_t, float> Reader::about(std::uint32_t kind,
                                             const std::vector<std::vector<Feature>>& signs) {
  std::vector<Matcher::Placed> placed;
  for (const Placed& one : read_[first_of_kind_[kind]])
    if (const auto word = matcher_.find(spellings_[stands_for_[one.spelling]]))
      placed.push_back({*word, one.position});
  lexicon::ConceptVector vector;
  matcher_.add_placed(placed, 1, vector);
  std::map<std::uint32_t, float> sums;
  for (auto one = placed.begin(); one != placed.end(); ++one) {
    const auto is_it = [&](const Matcher::Placed& other) { return other.word == one->word; };
    if (std::any_of(placed.begin(), one, is_it)) continue;
    for (const Feature& sign : signs[one->word]) sums[sign.id] += sign.weight;
  }
  for (const auto& [id, sum] : sums) {
    const float value = kSigns * power(sum, kSignPower);
    if (value >= search::kLeastActivation) vector[id] = std::max(vector[id], value);
  }
  for (auto& [id, value] : vector)
    value = power(std::min(value, search::kMostActivation), kSharpen);
  matcher_.spread(vector);
  return {vector.begin(), vector.end()};
}

void Reader::weigh_concepts() {
  const auto all_signs = signs();
  std::vector<std::map<std::uint32_t, float>> of;
  std::map<std::uint32_t, float> kinds_with;
  for (std::uint32_t kind = 0; kind < first_of_kind_.size(); ++kind) {
    of.push_back(about(kind, all_signs));
    for (const auto& [id, value] : of.back()) kinds_with[id] += std::min(value, 1.0f);
  }
  std::vector<std::vector<Feature>> lists;
  for (const auto& values : of) {
    std::vector<Feature>& list = lists.emplace_back();
    for (const auto& [id, value] : values) list.push_back({id, value * idf(kinds_with[id])});
    if (list.size() > kMostConcepts) {
      std::sort(list.begin(), list.end(), [](const Feature& a, const Feature& b) {
        return a.weight != b.weight ? a.weight > b.weight : a.id < b.id;
      });
      list.resize(kMostConcepts);
      std::sort(list.begin(), list.end(),
                [](const Feature& a, const Feature& b) { return a.id < b.id; });
    }
    normalise(list);
  }
  for (std::size_t i = 0; i < read_.size(); ++i) meanings_[i].concepts = lists[kind_of_[i]];
}

}  // namespace

std::vector<Meaning> meanings_of(std::span<const std::string_view> texts,
                                 const lexicon::Lexicon& lexicon) {
  return Reader(texts, lexicon).run();
}

}  // namespace askus::studio
