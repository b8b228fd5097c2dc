#include "shared/search/index.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "shared/search/constants.h"
#include "shared/text/skeleton.h"
#include "shared/text/stem.h"
#include "shared/text/tokens.h"

namespace askus::search {
namespace {

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

  void begin_document(std::uint8_t language) {
    language_ = language;
    lengths.push_back({});
  }
  void add(FieldName field, std::string_view content) {
    text::Tokenizer tokens(content);
    std::uint32_t hash = kNoHash;
    const bool question = field <= kPhrasings;
    const auto document = static_cast<std::uint32_t>(lengths.size() - 1);
    for (text::Token token; tokens.next(token);) {
      // "wi-fi" is "wifi" as well.
      if (!token.hyphenated) {
        compound_ = token.text;
      } else {
        compound_ += token.text;
        out_.push_back({vocabulary_.add(compound_, language_), document, field});
      }
      out_.push_back({vocabulary_.add(token.text, language_), document, field});
      hash = hash_with(hash, out_.back().term);
      // The beginning of an answer is a field of its own.
      if (++lengths.back()[field] == kLeadWords && field == kLead) field = kAnswer;
    }
    if (question && hash != kNoHash) questions.push_back(static_cast<std::uint64_t>(hash) << 32 | document);
  }

  std::vector<std::array<std::uint32_t, kFields>> lengths;
  std::vector<std::uint64_t> questions;  // hash of a title or phrasing << 32 | document

 private:
  Vocabulary& vocabulary_;
  std::vector<Occurrence>& out_;
  std::string compound_;
  std::uint8_t language_ = 0;
};

void collect(const snapshot::fb::Version& version, Collector& collector) {
  using snapshot::view;
  collector.begin_document(version.language());
  collector.add(kTitle, view(version.title()));
  snapshot::for_each_line(view(version.phrasings()), [&](std::string_view line) { collector.add(kPhrasings, line); });
  collector.add(kLead, view(version.answer()));
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

std::uint32_t Vocabulary::add(std::string_view form, std::uint8_t language) {
  const std::uint32_t number = forms.add(form);
  if (number == languages_of.size()) languages_of.push_back(0);
  languages_of[number] = static_cast<std::uint16_t>(languages_of[number] | 1u << language);
  if (number < term_of.size()) return term_of[number];
  const text::Stem stem(form);
  const std::uint32_t term = terms.add(stem.view());
  term_of.push_back(term);
  if (term == skeleton_of.size()) {
    const std::uint32_t skeleton = skeletons.add(text::Skeleton(stem.view()).view());
    skeleton_of.push_back(skeleton);
    if (skeleton == first_of.size()) first_of.push_back(kNone);
    next_of.push_back(first_of[skeleton]);
    first_of[skeleton] = term;
  }
  return term;
}

void Vocabulary::freeze() {
  form_starts.assign(257, 0);
  const auto letter = [this](std::uint32_t form) { return static_cast<unsigned char>(forms[form][0]); };
  for (std::uint32_t form = 0; form < forms.size(); ++form) ++form_starts[letter(form) + 1u];
  for (std::size_t i = 1; i < form_starts.size(); ++i) form_starts[i] += form_starts[i - 1];
  std::vector<std::uint32_t> fill(form_starts);
  by_letter.resize(forms.size());
  for (std::uint32_t form = 0; form < forms.size(); ++form) by_letter[fill[letter(form)]++] = form;
  similar.build(skeletons);
}

Index::State::State(const snapshot::Snapshot& source) : snapshot(source) {
  std::vector<Occurrence> occurrences;
  Collector collector(vocabulary, occurrences);
  for (std::uint32_t t = 0; t < snapshot.topic_count(); ++t) {
    for (const auto* version : *snapshot.topic(t).versions()) {
      documents.push_back({t, version->language(), static_cast<std::uint32_t>(occurrences.size())});
      collect(*version, collector);
    }
  }
  documents.push_back({0, 0, static_cast<std::uint32_t>(occurrences.size())});
  for (const Occurrence& o : occurrences) text.push_back(o.term << kFieldBits | o.field);
  load_concepts();
  vocabulary.freeze();
  questions = std::move(collector.questions);
  std::sort(questions.begin(), questions.end());

  // Counting sort by term keeps the documents of a term in order; equal neighbours are then joined.
  std::vector<std::uint32_t> start(vocabulary.terms.size() + 1, 0);
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
  first_posting.assign(vocabulary.terms.size() + 1, 0);
  for (std::uint32_t term = 0; term < vocabulary.terms.size(); ++term) {
    for (std::uint32_t i = start[term]; i < start[term + 1]; ++i) {
      const bool same = i > start[term] && postings.back().document == sorted[i].document;
      if (!same) postings.push_back({sorted[i].document, 0});
      postings.back().frequency += share(sorted[i]);
    }
    first_posting[term + 1] = static_cast<std::uint32_t>(postings.size());
  }
  scores.assign(document_count(), 0);
  covered.assign(document_count(), 0);
  term_scores.assign(document_count(), 0);
  term_covered.assign(document_count(), 0);
}

void Index::State::load_concepts() {
  concept_norm.assign(document_count(), 1);
  const auto* source = snapshot.root().concepts();
  if (source == nullptr) return;
  concepts.load(*source);
  // Postings by concept.
  concept_first.assign(concepts.count() + 2, 0);
  concept_idf.assign(concepts.count(), 0);
  std::vector<float> df(concepts.count(), 0);
  const auto each = [&](auto visit) {
    std::uint32_t d = 0;
    for (std::uint32_t t = 0; t < snapshot.topic_count(); ++t) {
      for (const auto* version : *snapshot.topic(t).versions()) {
        if (version->concepts() != nullptr) {
          for (const std::uint16_t entry : *version->concepts())
            visit(d, entry >> 4u, static_cast<float>(entry & 15u) / 15.0f * kConceptMost);
        }
        ++d;
      }
    }
  };
  each([&](std::uint32_t, std::uint32_t id, float value) {
    ++concept_first[id + 2];
    if (value >= 0.5f) df[id] += 1;
  });
  for (std::size_t i = 1; i < concept_first.size(); ++i) concept_first[i] += concept_first[i - 1];
  for (std::uint32_t id = 0; id < concepts.count(); ++id)
    concept_idf[id] = std::pow(idf(static_cast<std::uint32_t>(df[id])), kConceptIdf);
  concept_postings.resize(concept_first.back());
  std::vector<float> sum(document_count(), 0);
  each([&](std::uint32_t d, std::uint32_t id, float value) {
    concept_postings[concept_first[id + 1]++] = {d, value};
    sum[d] += value * value * concept_idf[id];
  });
  for (std::uint32_t d = 0; d < document_count(); ++d)
    concept_norm[d] = sum[d] > 0 ? std::pow(std::sqrt(sum[d]), -kConceptNorm) : 1;
}

float Index::State::idf(std::uint32_t document_frequency) const {
  const auto n = static_cast<float>(document_count());
  const auto df = static_cast<float>(document_frequency);
  return std::log(1 + (n - df + 0.5f) / (df + 0.5f));  // BM25's, never negative
}

Index::Index(const snapshot::Snapshot& snapshot) : state_(std::make_unique<State>(snapshot)) {}
Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

}  // namespace askus::search
