#include "shared/search/index.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "shared/search/constants.h"
#include "shared/text/stem.h"
#include "shared/text/tokens.h"

namespace askus::search {
namespace {

std::uint32_t hash(std::string_view text) {  // FNV-1a, 32 bits
  std::uint32_t value = 2166136261u;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 16777619u;
  return value;
}

// One stem in one field of one document, before the postings are made.
struct Occurrence {
  std::uint32_t term = 0;
  std::uint32_t document = 0;
  FieldName field = kTitle;
};

// Collects the occurrences and the fields' lengths (in tokens) of all documents.
class Collector {
 public:
  Collector(Vocabulary& vocabulary, std::vector<Occurrence>& out)
      : vocabulary_(vocabulary), out_(out) {}

  void begin_document() { lengths.push_back({}); }
  void add(FieldName field, std::string_view content) {
    text::Tokenizer tokens(content);
    const auto document = static_cast<std::uint32_t>(lengths.size() - 1);
    for (text::Token token; tokens.next(token);) {
      out_.push_back({vocabulary_.add(text::stem(token.text)), document, field});
      ++lengths.back()[field];
    }
  }

  std::vector<std::array<std::uint32_t, kFields>> lengths;

 private:
  Vocabulary& vocabulary_;
  std::vector<Occurrence>& out_;
};

void collect(const snapshot::fb::Version& version, Collector& collector) {
  using snapshot::view;
  collector.begin_document();
  collector.add(kTitle, view(version.title()));
  collector.add(kPhrasings, view(version.phrasings()));
  collector.add(kAnswer, view(version.answer()));
  if (version.comments() != nullptr) {
    for (const auto* comment : *version.comments()) collector.add(kAnswer, view(comment->text()));
  }
  collector.add(kTags, view(version.tags()));
}

// What one occurrence in a field of that length adds to BM25F's frequency.
std::array<float, kFields> averages(
    const std::vector<std::array<std::uint32_t, kFields>>& lengths) {
  std::array<double, kFields> sum{};
  for (const auto& document : lengths) {
    for (std::size_t field = 0; field < kFields; ++field) sum[field] += document[field];
  }
  std::array<float, kFields> mean{};
  for (std::size_t field = 0; field < kFields; ++field)
    mean[field] = static_cast<float>(
        std::max(sum[field] / static_cast<double>(std::max<std::size_t>(lengths.size(), 1)), 1.0));
  return mean;
}

}  // namespace

std::size_t Vocabulary::slot(std::string_view stem) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash(stem) & mask;
  while (slots_[at] != kNoTerm && (*this)[slots_[at]] != stem) at = (at + 1) & mask;
  return at;
}

void Vocabulary::grow() {
  slots_.assign(slots_.size() * 2, kNoTerm);
  for (std::uint32_t term = 0; term < size(); ++term) slots_[slot((*this)[term])] = term;
}

std::uint32_t Vocabulary::add(std::string_view stem) {
  const std::size_t at = slot(stem);
  if (slots_[at] != kNoTerm) return slots_[at];
  const std::uint32_t term = size();
  slots_[at] = term;
  arena_ += stem;
  ends_.push_back(static_cast<std::uint32_t>(arena_.size()));
  if (size() > slots_.size() / 2) grow();
  return term;
}

std::uint32_t Vocabulary::find(std::string_view stem) const {
  return slots_[slot(stem)];
}

void Vocabulary::freeze() {
  sorted_.resize(size());
  for (std::uint32_t term = 0; term < size(); ++term) sorted_[term] = term;
  std::sort(sorted_.begin(), sorted_.end(),
            [this](std::uint32_t a, std::uint32_t b) { return (*this)[a] < (*this)[b]; });
}

std::span<const std::uint32_t> Vocabulary::starting_with(std::string_view prefix) const {
  const auto first = std::lower_bound(
      sorted_.begin(), sorted_.end(), prefix,
      [this](std::uint32_t term, std::string_view p) { return (*this)[term] < p; });
  auto last = first;
  while (last != sorted_.end() && (*this)[*last].starts_with(prefix)) ++last;
  return std::span(sorted_).subspan(static_cast<std::size_t>(first - sorted_.begin()),
                                    static_cast<std::size_t>(last - first));
}

Index::State::State(const snapshot::Snapshot& source) : snapshot(source) {
  std::vector<Occurrence> occurrences;
  Collector collector(vocabulary, occurrences);
  for (std::uint32_t t = 0; t < snapshot.topic_count(); ++t) {
    for (const auto* version : *snapshot.topic(t).versions()) {
      documents.push_back({t, version->language()});
      collect(*version, collector);
    }
  }
  vocabulary.freeze();

  // Counting sort by term keeps the documents of a term in order; equal neighbours are then joined.
  std::vector<std::uint32_t> start(vocabulary.size() + 1, 0);
  for (const Occurrence& o : occurrences) ++start[o.term + 1];
  for (std::size_t i = 1; i < start.size(); ++i) start[i] += start[i - 1];
  std::vector<std::uint32_t> fill(start.begin(), start.end() - 1);
  std::vector<Occurrence> sorted(occurrences.size());
  for (const Occurrence& o : occurrences) sorted[fill[o.term]++] = o;

  const auto mean = averages(collector.lengths);
  const auto share = [&](const Occurrence& o) {
    const Field& field = kFieldsOf[o.field];
    const auto length = static_cast<float>(collector.lengths[o.document][o.field]);
    return field.weight / (1 - field.b + field.b * length / mean[o.field]);
  };
  first_posting.assign(vocabulary.size() + 1, 0);
  for (std::uint32_t term = 0; term < vocabulary.size(); ++term) {
    for (std::uint32_t i = start[term]; i < start[term + 1]; ++i) {
      const bool same = i > start[term] && postings.back().document == sorted[i].document;
      if (!same) postings.push_back({sorted[i].document, 0});
      postings.back().frequency += share(sorted[i]);
    }
    first_posting[term + 1] = static_cast<std::uint32_t>(postings.size());
  }
  scores.assign(documents.size(), 0);
  covered.assign(documents.size(), 0);
  term_scores.assign(documents.size(), 0);
}

float Index::State::idf(std::uint32_t document_frequency) const {
  const auto n = static_cast<float>(documents.size());
  const auto df = static_cast<float>(document_frequency);
  return std::log(1 + (n - df + 0.5f) / (df + 0.5f));  // BM25's, never negative
}

Index::Index(const snapshot::Snapshot& snapshot) : state_(std::make_unique<State>(snapshot)) {}
Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

}  // namespace askus::search
