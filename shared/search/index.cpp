#include "shared/search/index.h"

#include <algorithm>
#include <cmath>

#include "shared/text/skeleton.h"
#include "shared/text/stem.h"
#include "shared/text/tokens.h"

namespace askus::search {
namespace {

using snapshot::view;

// Reads one document's texts into the words of all.
class Reader {
 public:
  Reader(Index::State& state, std::uint32_t document) : state_(state), document_(document) {}

  void read(FieldName field, std::string_view content) {
    text::Tokenizer tokens(content);
    std::uint32_t hash = kNoHash;
    auto& lengths = state_.lengths[document_];
    for (text::Token token; tokens.next(token);) {
      // "wi-fi" is "wifi" as well.
      if (token.hyphenated) add(field, compound_ += token.text);
      if (token.end < content.size() && content[token.end] == '-') {
        if (!token.hyphenated) compound_ = token.text;
      }
      hash = hash_with(hash, add(field, token.text));
      // The beginning of an answer is a field of its own.
      if (++lengths[field] == kLeadWords && field == kLead) field = kAnswer;
    }
    if (field <= kPhrasings && hash != kNoHash) {
      state_.question_hashes.push_back(hash);
      state_.question_documents.push_back(document_);
    }
  }

 private:
  std::uint32_t add(FieldName field, std::string_view form) {
    const std::uint32_t term = state_.vocabulary.add(form, state_.documents[document_].language);
    state_.text.push_back(term << kFieldBits | field);
    return term;
  }

  Index::State& state_;
  std::uint32_t document_;
  std::string compound_;
};

void read_version(Reader& reader, const snapshot::fb::Version& version) {
  reader.read(kTitle, view(version.title()));
  snapshot::for_each_line(view(version.phrasings()),
                          [&](std::string_view line) { reader.read(kPhrasings, line); });
  reader.read(kLead, view(version.answer()));
  if (version.comments() != nullptr) {
    for (const auto* comment : *version.comments()) reader.read(kAnswer, view(comment->text()));
  }
  reader.read(kTags, view(version.tags()));
}

// Calls each(version) for the documents in their order.
template <typename Each>
void for_each_version(const snapshot::Snapshot& snapshot, Each each) {
  for (std::uint32_t t = 0; t < snapshot.topic_count(); ++t) {
    for (const auto* version : *snapshot.topic(t).versions()) each(t, *version);
  }
}

std::uint32_t languages_of(const snapshot::fb::Topic& topic) {
  std::uint32_t languages = 0;
  for (const auto* version : *topic.versions()) languages |= 1u << version->language();
  return languages;
}

}  // namespace

std::uint32_t Vocabulary::add(std::string_view form, std::uint32_t language) {
  const std::uint32_t number = forms.add(form);
  if (number < term_of.size()) {
    languages_of[number] |= 1u << language;
    return term_of[number];
  }
  languages_of.push_back(1u << language);
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

void Vocabulary::order_forms() {
  const auto letter = [this](std::uint32_t form) {
    return static_cast<unsigned char>(forms[form][0]);
  };
  form_starts = Buffer<std::uint32_t>(258);
  by_letter = Buffer<std::uint32_t>(forms.size(), kUnset);
  for (std::uint32_t form = 0; form < forms.size(); ++form) ++form_starts[letter(form) + 2u];
  make_starts(form_starts);
  for (std::uint32_t form = 0; form < forms.size(); ++form)
    by_letter[form_starts[letter(form) + 1u]++] = form;
}

void Index::State::read_documents() {
  for_each_version(snapshot, [&](std::uint32_t, const auto&) { ++document_count; });
  documents = Buffer<Document>(document_count + 1, kUnset);
  lengths = Buffer<std::array<std::uint32_t, kFields>>(document_count);
  std::uint32_t d = 0;
  for_each_version(snapshot, [&](std::uint32_t topic, const snapshot::fb::Version& version) {
    documents[d] = {topic, version.language(), static_cast<std::uint32_t>(text.size()),
                    languages_of(snapshot.topic(topic))};
    Reader reader(*this, d++);
    read_version(reader, version);
  });
  documents[d].begin = static_cast<std::uint32_t>(text.size());
  vocabulary.order_forms();
  similar.emplace(vocabulary.skeletons);
  std::size_t slots = 2;  // a power of two, at least half of them free
  while (slots < 2 * question_hashes.size()) slots *= 2;
  question_slots = Buffer<std::uint32_t>(slots);
  for (std::uint32_t q = 0; q < question_hashes.size(); ++q) {
    std::size_t at = question_hashes[q];
    while (question_slots[at &= question_slots.size() - 1] != 0) ++at;
    question_slots[at] = q + 1;
  }
}

void Index::State::make_postings() {
  // The occurrences of each term, in order of document: the document, and the field in the low
  // bits.
  const std::uint32_t terms = vocabulary.terms.size();
  Buffer<std::uint32_t> start(terms + 2);
  for (const std::uint32_t word : text) ++start[(word >> kFieldBits) + 2];
  make_starts(start);
  Buffer<std::uint32_t> occurrences(text.size(), kUnset);
  std::array<double, kFields> sum{};
  for (std::uint32_t d = 0; d < document_count; ++d) {
    for (const std::uint32_t word : text_of(d))
      occurrences[start[(word >> kFieldBits) + 1]++] = d << kFieldBits | (word & kFieldMask);
    for (std::size_t field = 0; field < kFields; ++field) sum[field] += lengths[d][field];
  }
  // What one occurrence in a field of that length adds to BM25F's frequency.
  Buffer<std::array<float, kFields>> share(document_count);
  for (std::uint32_t d = 0; d < document_count; ++d) {
    for (std::size_t field = 0; field < kFields; ++field) {
      const Field& of = kFieldsOf[field];
      const auto mean = static_cast<float>(std::max(sum[field] / document_count, 1.0));
      share[d][field] =
          of.weight / (1 - of.b + of.b * static_cast<float>(lengths[d][field]) / mean);
    }
  }
  first_posting = Buffer<std::uint32_t>(terms + 1);
  postings = Buffer<Posting>(text.size(), kUnset);
  std::uint32_t count = 0;
  for (std::uint32_t term = 0; term < terms; ++term) {
    for (std::uint32_t i = start[term]; i < start[term + 1]; ++i) {
      const std::uint32_t d = occurrences[i] >> kFieldBits;
      if (i == start[term] || postings[count - 1].document != d) postings[count++] = {d, 0};
      postings[count - 1].frequency += share[d][occurrences[i] & kFieldMask];
    }
    first_posting[term + 1] = count;
  }
}

// Which documents are about a concept, and how much of its worth each gets: the concept's weight in
// the document times its idf to the power of 1.5, over the square root of the document's length in
// the space of concepts.
void Index::State::mark_concepts() {
  if (concepts.count() == 0) return;
  const auto each = [&](auto visit) {
    std::uint32_t d = 0;
    for_each_version(snapshot, [&](std::uint32_t, const snapshot::fb::Version& version) {
      if (version.concepts() != nullptr) {
        for (const std::uint16_t mark : *version.concepts())
          visit(d, mark >> 4u, static_cast<float>(mark & 15u) / 15.0f * kConceptMost);
      }
      ++d;
    });
  };
  Buffer<std::uint32_t> strong(concepts.count());
  concept_first = Buffer<std::uint32_t>(concepts.count() + 2);
  each([&](std::uint32_t, std::uint32_t id, float weight) {
    ++concept_first[id + 2];
    if (weight >= kConceptStrong) ++strong[id];
  });
  make_starts(concept_first);
  const auto worth = [&](std::uint32_t id) {
    const float idf = this->idf(strong[id]);
    return idf * std::sqrt(idf);
  };
  Buffer<float> length(document_count);
  each([&](std::uint32_t d, std::uint32_t id, float weight) {
    length[d] += weight * weight * worth(id);
  });
  concept_postings = Buffer<Posting>(concept_first[concepts.count() + 1]);
  each([&](std::uint32_t d, std::uint32_t id, float weight) {
    const float norm = std::sqrt(std::sqrt(std::max(length[d], 1e-6f)));
    concept_postings[concept_first[id + 1]++] = {d, weight * worth(id) / norm};
  });
}

Index::State::State(const snapshot::Snapshot& source)
    : snapshot(source), concepts(source.root().concepts()) {
  read_documents();
  make_postings();
  mark_concepts();
  const float many = std::log(static_cast<float>(document_count + 1) / kFewDocuments) /
                     std::log(kManyDocuments / kFewDocuments);
  stop_weight = kStopWordWeight + (1 - kStopWordWeight) * std::clamp(many, 0.0f, 1.0f);
  scores = Buffer<float>(document_count);
  covered = Buffer<float>(document_count);
  word_scores = Buffer<float>(document_count);
  word_covered = Buffer<float>(document_count);
  word_of_term = Buffer<std::uint8_t>(vocabulary.terms.size());
  weight_of_term = Buffer<float>(vocabulary.terms.size());
}

float Index::State::idf(std::uint32_t document_frequency) const {
  const auto n = static_cast<float>(document_count);
  const auto df = static_cast<float>(document_frequency);
  return std::log(1 + (n - df + 0.5f) / (df + 0.5f));  // BM25's, never negative
}

Index::Index(const snapshot::Snapshot& snapshot) : state_(std::make_unique<State>(snapshot)) {}
Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

}  // namespace askus::search
