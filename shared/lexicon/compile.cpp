#include "shared/lexicon/compile.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <set>

#include "shared/lexicon/constants.h"
#include "shared/lexicon/logarithm.h"
#include "shared/lexicon/matcher.h"
#include "shared/snapshot/limits.h"
#include "shared/text/hash.h"

namespace askus::lexicon {
namespace {

using Key = std::pair<std::string, std::string>;  // topic id, language

// A word as a sign of a concept.
struct Sign {
  std::uint32_t word = 0;
  ConceptNumber of = 0;
  unsigned strength = 0;
  float use = 0;  // what it is worth to ship it
  Origin origin = Origin::kBuiltin;
};

class Compiler {
 public:
  Compiler(const Lexicon& lexicon, const snapshot::Faq& faq) : matcher_(lexicon), faq_(faq) {}

  snapshot::Concepts run() {
    mark();
    select_concepts();
    select_signs();
    return write();
  }

 private:
  void mark();
  void select_concepts();
  void select_signs();
  snapshot::Concepts write() const;

  Matcher matcher_;
  const snapshot::Faq& faq_;
  std::map<Key, ConceptVector> about_;
  std::map<Key, std::set<std::uint32_t>> words_of_;
  std::map<Key, std::vector<std::pair<ConceptNumber, float>>> chosen_;
  std::map<ConceptNumber, float> idf_;
  std::vector<Sign> signs_;
  std::size_t text_bytes_ = 0;
};

// What each version is about.
void Compiler::mark() {
  for (const snapshot::Topic& topic : faq_.topics) {
    for (const snapshot::Version& version : topic.versions) {
      const Key key{topic.id, version.language};
      ConceptVector& vector = about_[key];
      std::vector<std::uint32_t> words;
      const auto add = [&](std::string_view text, float weight) {
        text_bytes_ += text.size();
        matcher_.add_text(text, weight, vector);
        matcher_.add_words(text, words);
      };
      add(version.title, kTitle);
      for (const auto& phrasing : version.phrasings) add(phrasing, kPhrasing);
      for (const auto& tag : version.tags) add(tag, kTag);
      add(version.answer, kAnswer);
      for (auto& [id, value] : vector) value = std::min(value, search::kConceptMost);
      matcher_.spread(vector);
      words_of_[key] = {words.begin(), words.end()};
    }
  }
}

// Of each version's concepts those that tell it from other topics.
void Compiler::select_concepts() {
  std::map<ConceptNumber, float> documents;
  for (const auto& [key, vector] : about_) {
    for (const auto& [id, value] : vector) documents[id] += std::min(value, 1.0f);
  }
  const auto all = static_cast<float>(about_.size());
  for (const auto& [id, count] : documents)
    idf_[id] = lexicon::log(1 + (all - count + 0.5f) / (count + 0.5f));
  for (const auto& [key, vector] : about_) {
    auto& list = chosen_[key];
    for (const auto& [id, value] : vector) {
      if (value >= kLeastWeight) list.emplace_back(id, value);
    }
    std::sort(list.begin(), list.end(), [&](const auto& a, const auto& b) {
      const float x = a.second * idf_.at(a.first), y = b.second * idf_.at(b.first);
      return x != y ? x > y : a.first < b.first;
    });
    // A long text is about more.
    const auto most = static_cast<std::size_t>(
        kMaxConcepts + kConceptsPerWord * static_cast<float>(words_of_.at(key).size()));
    if (list.size() > most) list.resize(most);
  }
}

// The signs of those concepts that are worth their bytes: in the site's languages, strong, of words
// that people use, and not already in the texts of all the topics they would lead to.
void Compiler::select_signs() {
  std::map<ConceptNumber, std::vector<std::pair<const Key*, float>>> versions_of;
  for (const auto& [key, list] : chosen_) {
    for (const auto& [id, value] : list) versions_of[id].emplace_back(&key, value);
  }
  struct Strength {
    float best = 0;
    float forms = 0;  // of the concept, with the word
    Origin origin = Origin::kBuiltin;
  };
  std::map<std::pair<ConceptNumber, std::uint32_t>, Strength> strength;
  for (const MatchedForm& form : matcher_.forms()) {
    if (!versions_of.count(form.of)) continue;
    if (std::find(faq_.settings.languages.begin(), faq_.settings.languages.end(), form.language) ==
        faq_.settings.languages.end())
      continue;
    float whole = 0;
    for (const std::uint32_t word : form.words) whole += matcher_.worth(word);
    const bool phrase = form.words.size() > 1;
    if (!phrase) whole = std::max(whole, kLoneWord);
    for (const std::uint32_t word : form.words) {
      auto& [best, forms, origin] = strength[{form.of, word}];
      ++forms;
      origin = std::max(origin, form.origin);
      best = std::max(best, matcher_.worth(word) / whole * (phrase ? kPhraseSum : 1.0f));
    }
  }
  for (const auto& [sign, found] : strength) {
    const float value = found.best;
    const auto level =
        static_cast<unsigned>(std::lround(std::min(value * search::kStrengthUnit, 15.0f)));
    if (level == 0) continue;
    float gain = 0;
    for (const auto& [key, weight] : versions_of.at(sign.first))
      gain += weight * (words_of_.at(*key).count(sign.second) ? kKnown : 1.0f);
    gain = std::min(gain, kMostGain) * idf_.at(sign.first);
    const float people =
        lexicon::log2(1.0f + found.forms) +
        kUseAll * lexicon::log2(1.0f + static_cast<float>(matcher_.forms_with(sign.second)));
    signs_.push_back(
        {sign.second, sign.first, level, value * value * gain * gain * people, found.origin});
  }
  std::sort(signs_.begin(), signs_.end(), [](const Sign& a, const Sign& b) {
    if (a.origin != b.origin) return a.origin > b.origin;
    if (a.use != b.use) return a.use > b.use;
    return a.of != b.of ? a.of < b.of : a.word < b.word;
  });
  const float budget =
      std::max(kLeastBudget, std::min(kShare * static_cast<float>(text_bytes_),
                                      kBase + kPerTopic * static_cast<float>(faq_.topics.size())));
  float spent = 0;
  for (const auto& [key, list] : chosen_) spent += kBytesPerMark * static_cast<float>(list.size());
  std::set<std::uint32_t> words;
  std::map<std::uint32_t, std::size_t> signs_of;
  std::size_t kept = 0;
  for (const Sign& sign : signs_) {
    if (signs_of[sign.word] >= 255) continue;
    spent += kBytesPerSign + (words.insert(sign.word).second ? kBytesPerWord : 0);
    if (spent > budget) break;
    ++signs_of[sign.word];
    signs_[kept++] = sign;
  }
  signs_.resize(kept);
}

void put(std::uint32_t value, std::vector<std::uint8_t>& out) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::uint8_t>(value | 0x80u));
  out.push_back(static_cast<std::uint8_t>(value));
}

snapshot::Concepts Compiler::write() const {
  snapshot::Concepts out;
  // Only concepts that some word leads to are of use; the most used ones get the short numbers.
  std::map<ConceptNumber, std::size_t> uses;
  for (const Sign& sign : signs_) ++uses[sign.of];
  std::vector<std::pair<std::size_t, ConceptNumber>> order;
  order.reserve(uses.size());
  for (const auto& [id, count] : uses) order.emplace_back(count, id);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (order.size() > snapshot::kMaxConcepts) order.resize(snapshot::kMaxConcepts);
  std::map<ConceptNumber, std::uint32_t> number;
  for (const auto& entry : order)
    number.emplace(entry.second, static_cast<std::uint32_t>(number.size()));
  out.count = static_cast<std::uint16_t>(number.size());

  std::set<std::uint32_t> words;
  for (const Sign& sign : signs_) words.insert(sign.word);
  // Few enough words beside all that a hash can be that a word which is none of them is seldom
  // taken for one.
  out.hash_bits = static_cast<std::uint8_t>(
      std::clamp<unsigned>(static_cast<unsigned>(std::bit_width(words.size() * kHashRoom)), 8, 24));
  const std::uint32_t mask = (1u << out.hash_bits) - 1;
  // Words whose hashes are equal are one word to the reader.
  std::map<std::uint32_t, std::map<std::uint32_t, unsigned>> by_hash;
  for (const Sign& sign : signs_) {
    const auto found = number.find(sign.of);
    if (found == number.end()) continue;
    unsigned& level = by_hash[text::hash(matcher_.word(sign.word)) & mask][found->second];
    level = std::max(level, sign.strength);
  }
  std::uint32_t last = 0;
  for (const auto& [hash, list] : by_hash) {
    put(hash - last, out.words);
    last = hash;
    out.counts.push_back(static_cast<std::uint8_t>(std::min<std::size_t>(list.size(), 255)));
    std::size_t written = 0;
    for (const auto& [id, level] : list) {
      if (written++ == 255) break;
      put(id, out.ids);
      out.strengths.push_back(static_cast<std::uint8_t>(level));
    }
  }
  for (const auto& [key, list] : chosen_) {
    auto& mine = out.of[key];
    for (const auto& [id, value] : list) {
      const auto found = number.find(id);
      const auto level = static_cast<std::uint32_t>(std::lround(value / search::kConceptMost * 15));
      if (found != number.end() && level > 0)
        mine.push_back(static_cast<std::uint16_t>(found->second * 16 + std::min(level, 15u)));
    }
    std::sort(mine.begin(), mine.end());
  }
  return out;
}

}  // namespace

snapshot::Concepts compile(const Lexicon& lexicon, const snapshot::Faq& faq) {
  return Compiler(lexicon, faq).run();
}

}  // namespace askus::lexicon
