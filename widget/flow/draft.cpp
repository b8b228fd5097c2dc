#include "widget/flow/draft.h"

#include <algorithm>

#include "shared/request/uuid.h"
#include "shared/text/utf8.h"
#include "widget/view/strings.h"

namespace askus::flow {

namespace {

constexpr std::string_view kVersion = "askus-draft-1";

struct Entry {
  std::string_view name;  // in the effect `send`
  std::string* value;
};

// Every text of a draft, in the order of its text form.
std::array<Entry, 15> entries(Draft& draft) {
  request::Request& r = draft.request;
  return {{{"id", &r.id},
           {"kind", &r.kind},
           {"title", &r.title},
           {"details", &r.details},
           {"category", &r.category},
           {"mood", &r.mood},
           {"name", &r.name},
           {"contact", &r.contact},
           {"language", &r.language},
           {"channel", &r.channel},
           {"page", &r.page},
           {"query", &r.query},
           {"consent_version", &r.consent.version},
           {"consent_at", &r.consent.at},
           {"consent_text", &draft.consent_text}}};
}

std::array<Entry, 15> entries(const Draft& draft) {
  return entries(const_cast<Draft&>(draft));
}

std::array<bool*, 3> flags(Draft& draft) {
  return {&draft.category_chosen, &draft.title_prefilled, &draft.sending};
}

Error malformed() {
  return {Code::kMalformed, "this is not a draft that encode() wrote"};
}

}  // namespace

std::size_t field_named(std::string_view name) {
  return static_cast<std::size_t>(std::find(kFieldNames.begin(), kFieldNames.end(), name) -
                                  kFieldNames.begin());
}

std::size_t field_at(Action action) {
  return static_cast<std::size_t>(std::find(kFieldActions.begin(), kFieldActions.end(), action) -
                                  kFieldActions.begin());
}

std::string Draft::encode() const {
  std::string text;
  view::append_text(text, kVersion);
  for (const Entry& entry : entries(*this)) view::append_text(text, *entry.value);
  for (const bool* flag : flags(const_cast<Draft&>(*this))) {
    view::append_text(text, *flag ? "1" : "0");
  }
  return text;
}

Result<Draft> Draft::decode(std::string_view text) {
  const Result<std::vector<std::string_view>> list = view::read_texts(text);
  if (!list) return list.error();
  if (list->empty() || !list->front().starts_with("askus-draft-")) return malformed();
  if (list->front() != kVersion) return Error{Code::kUnsupported, "a draft of another version"};
  Draft draft;
  const auto texts = entries(draft);
  const auto marks = flags(draft);
  if (list->size() != 1 + texts.size() + marks.size()) return malformed();
  std::size_t next = 1;
  for (const Entry& entry : texts) {
    if (!text::is_utf8((*list)[next])) return malformed();
    *entry.value = (*list)[next++];
  }
  for (bool* mark : marks) *mark = (*list)[next++] == "1";
  if (!request::is_uuid7(draft.request.id)) return malformed();
  return draft;
}

std::vector<std::string_view> Draft::pairs() const {
  std::vector<std::string_view> pairs;
  for (const Entry& entry : entries(*this)) {
    if (entry.value->empty()) continue;
    pairs.push_back(entry.name);
    pairs.push_back(*entry.value);
  }
  return pairs;
}

}  // namespace askus::flow
