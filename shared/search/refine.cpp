// A second look at the best documents: passages, titles.
#include <algorithm>

#include "shared/search/index.h"
#include "shared/text/letters.h"
#include "shared/text/stem.h"
#include "shared/text/stop_words.h"
#include "shared/text/tokens.h"

namespace askus::search {
namespace {

// How near to each other a document has the query's words.
struct Nearness {
  float passage = 0;   // the window of kPassageWords that is worth most, each word once
  float numbered = 0;  // the same, of windows with a number in them
  float pairs = 0;     // words that stand side by side in the query, and here nearly so
  float title = 0;     // the share of the title that was asked for
};

// Looks at one document's words in their order. The terms must be marked.
class Look {
 public:
  Look(const Index::State& state, std::uint32_t document)
      : state_(state), words_(state.text_of(document)) {}

  Nearness run() {
    float title = 0, title_whole = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const std::uint32_t term = term_at(i);
      const std::uint8_t word = state_.word_of_term[term];
      const float worth = word != 0 ? state_.weight_of_term[term] * state_.idf_of(term) : 0;
      if ((words_[i] & kFieldMask) == kTitle) {
        title += worth;
        title_whole += state_.idf_of(term);
      }
      if (word != 0) meet(word, worth, i);
      if (i >= kPassageWords) leave(state_.word_of_term[term_at(i - kPassageWords)]);
      found_.passage = std::max(found_.passage, value_);
      if (text::is_digit(state_.vocabulary.terms[term][0])) number_ = i + 1;
      if (number_ != 0 && number_ + kPassageWords > i + 1)
        found_.numbered = std::max(found_.numbered, value_);
    }
    if (title_whole > 0) found_.title = title / title_whole;
    return found_;
  }

 private:
  struct Word {               // of the query
    std::size_t last = 0;     // where it was met, plus one
    std::uint32_t count = 0;  // in the window
    float worth = 0;
    bool paired = false;  // with the word after it
  };

  std::uint32_t term_at(std::size_t i) const { return words_[i] >> kFieldBits; }

  void meet(std::uint8_t word, float worth, std::size_t i) {
    Word& here = of_[word];
    if (here.count++ == 0) value_ += here.worth = worth;
    here.last = i + 1;
    pair(word - 1u, word);
    pair(word, word + 1u);
  }
  void leave(std::uint8_t word) {
    if (word != 0 && --of_[word].count == 0) value_ -= of_[word].worth;
  }
  void pair(std::size_t one, std::size_t next) {
    Word& a = of_[one];
    const Word& b = of_[next];
    if (a.paired || a.last == 0 || b.last == 0) return;
    const std::size_t gap = a.last > b.last ? a.last - b.last : b.last - a.last;
    if (gap > kPairGap) return;
    a.paired = true;
    found_.pairs += std::min(a.worth, b.worth);
  }

  const Index::State& state_;
  std::span<const std::uint32_t> words_;
  std::array<Word, kMaxQueryWords + 2> of_{};  // by the query's word, counted from one
  Nearness found_;
  float value_ = 0;
  std::size_t number_ = 0;  // where the last number was met, plus one
};

}  // namespace

// A title or phrasing that is what was asked, word for word, comes first, however long it is.
void Index::State::prefer_exact(std::string_view asked) {
  std::uint32_t hash = kNoHash;
  text::Tokenizer tokens(asked);
  for (text::Token token; tokens.next(token);) {
    const std::uint32_t term = vocabulary.terms.find(text::Stem(token.text).view());
    if (term == kNone) return;
    hash = hash_with(hash, term);
  }
  if (hash == kNoHash) return;
  // A rare word that looks like a common one of the query may score more than the whole query.
  float most = query.whole;
  for (const std::uint32_t d : touched) most = std::max(most, scores[d]);
  for (std::size_t at = hash;; ++at) {
    const std::uint32_t q = question_slots[at &= question_slots.size() - 1];
    if (q == 0) return;
    if (question_hashes[q - 1] != hash) continue;
    const std::uint32_t d = question_documents[q - 1];
    if (scores[d] == 0) touched.push_back(d);
    // Twice the same question in one document is still one.
    scores[d] = std::max(scores[d], kExactTitle * most + covered[d] / (1 + query.whole));
  }
}

// Which word of the query a term stands for, kept for the highlights until the next query.
void Index::State::mark_terms() {
  for (std::uint32_t w = 0; w < query.size; ++w) {
    for (const Expansion& e : query.expansions_of(query.words[w])) {
      const float weight = e.weight * query.words[w].weight;
      if (word_of_term[e.term] != 0 && weight <= weight_of_term[e.term]) continue;
      word_of_term[e.term] = static_cast<std::uint8_t>(w + 1);
      weight_of_term[e.term] = weight;
    }
  }
}

void Index::State::refine() {
  const auto words = query.all();
  const bool counts = std::any_of(words.begin(), words.end(), [this](const QueryWord& word) {
    return text::is_asking_number(query.letters_of(word));
  });
  order.clear();
  for (const std::uint32_t d : touched) order.add(key_of(scores[d], d));
  order.order();
  for (std::size_t n = 0; n < kRefined && !order.empty(); ++n) {
    const std::uint32_t d = number_of(order.pop());
    const Nearness found = Look(*this, d).run();
    scores[d] += kPassageShare * found.passage + kPairShare * found.pairs;
    if (counts) scores[d] += kNumberShare * found.numbered;
    scores[d] *= 1 + kTitleShare * found.title;
  }
}

}  // namespace askus::search
