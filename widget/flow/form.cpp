// Changing the draft: typing, choosing, what the page brings.
#include <algorithm>

#include "shared/request/request.h"
#include "shared/request/uuid.h"
#include "widget/flow/flow.h"
#include "widget/flow/text.h"
#include "widget/flow/times.h"

namespace askus::flow {

using request::is_blank;

namespace {

// How many bytes of the details say where a request belongs.
constexpr std::size_t kCategoryText = search::kMaxQueryBytes;

bool is_one_of(std::span<const std::string_view> values, std::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

void Flow::input_field(Action action, std::string_view text) {
  if (action == Action::kQuery) return input_query(text);
  if (action == Action::kHoneypot) {
    honeypot_filled_ = !text.empty();
    return;
  }
  if (action == Action::kPictures) {
    // The page keeps it beside the draft, which must be there to come back to.
    begin_draft();
    return keep_draft();
  }
  const std::size_t index = field_at(action);
  if (index == kFields) return;
  const auto field = static_cast<Field>(index);
  std::string* value = text_of(field);
  if (value == nullptr) return;
  *value = field == Field::kDetails ? clean(text, kMaxText) : clean_line(text, kMaxText);
  if (field == Field::kTitle) draft_.title_prefilled = true;  // cleared on purpose stays clear
  changed(field);
}

std::string* Flow::text_of(Field field) {
  request::Request& request = draft_.request;
  switch (field) {
    case Field::kTitle:
      return &request.title;
    case Field::kDetails:
      return &request.details;
    case Field::kName:
      return &request.name;
    case Field::kContact:
      return &request.contact;
    default:
      return nullptr;
  }
}

void Flow::choose(std::uint32_t key) {
  // The view has named the choice: its index is in range.
  const std::uint32_t index = index_of(key) - 1;
  switch (action_of(key)) {
    case Action::kKind:
      draft_.request.kind = request::kKinds[index];
      return changed(Field::kKind);
    case Action::kMood:
      draft_.request.mood = request::kMoods[index];
      return changed(Field::kMood);
    case Action::kCategory:
      draft_.category_chosen = true;
      draft_.request.category =
          index == 0 ? std::string_view()
                     : snapshot::view(library_->settings().categories()->Get(index - 1)->id());
      return changed(Field::kCategory);
    default:
      return;
  }
}

void Flow::toggle_consent(bool on) {
  request::Consent& consent = draft_.request.consent;
  consent = {};
  draft_.consent_text.clear();
  if (on) {
    const auto& settings = library_->settings();
    consent.version = snapshot::view(settings.consent_version());
    consent.at = iso_time(host_.now());
    draft_.consent_text = library_->text(settings.consent_text());
  }
  changed(Field::kConsent);
}

void Flow::changed(Field field) {
  problems_[static_cast<std::size_t>(field)] = {};
  begin_draft();
  if (field == Field::kTitle || field == Field::kDetails) propose_category();
  keep_draft();
}

// The draft gets its id with the first keystroke and keeps it until it is sent, or until the server
// says that another request has it.
void Flow::begin_draft() {
  if (draft_.begun()) return;
  renew_id();
  request::Request& request = draft_.request;
  request.language = language_.substr(0, request::kMaxSmall);
  request.channel = channel_;
  request.page = page_.size() <= request::kMaxPage ? page_ : std::string();
}

void Flow::renew_id() {
  std::array<std::uint8_t, 10> random{};
  host_.random(random.data(), random.size());
  const double now = host_.now();
  draft_.request.id = request::make_uuid7(now > 0 ? static_cast<std::uint64_t>(now) : 0, random);
}

void Flow::keep_draft() {
  effects_.add("draft", {draft_.encode()});
}

void Flow::propose_category() {
  if (!library_ || draft_.category_chosen || draft_.sending) return;
  const request::Request& request = draft_.request;
  std::string text = request.title + "\n" + request.details.substr(0, kCategoryText);
  const std::int32_t index = is_blank(text) ? -1 : library_->index().propose_category(text);
  draft_.request.category =
      index < 0
          ? std::string_view()
          : snapshot::view(
                library_->settings().categories()->Get(static_cast<std::uint32_t>(index))->id());
}

// The draft's category in the current snapshot, or -1.
std::int32_t Flow::category_index() const {
  if (draft_.request.category.empty()) return -1;
  const auto& categories = *library_->settings().categories();
  for (std::uint32_t i = 0; i < categories.size(); ++i) {
    if (snapshot::view(categories.Get(i)->id()) == draft_.request.category) {
      return static_cast<std::int32_t>(i);
    }
  }
  return -1;
}

// Takes out of the draft what the site does not ask for: the visitor would not see it, could not
// mend it, and has not given it to be sent. What is frozen stays as it was sent.
void Flow::drop_unasked() {
  if (!library_ || draft_.sending) return;
  using snapshot::fb::Need;
  const auto& settings = library_->settings();
  request::Request& request = draft_.request;
  if (settings.name_field() == Need::Off) request.name.clear();
  if (settings.contact_field() == Need::Off) request.contact.clear();
  if (category_index() < 0 && !request.category.empty()) {
    request.category.clear();
    draft_.category_chosen = false;
    propose_category();
  }
}

// The chosen kind, or the first that the site offers.
std::string_view Flow::kind() const {
  const std::uint8_t offered = library_->settings().kinds();
  std::string_view first;
  for (std::size_t i = 0; i < request::kKinds.size(); ++i) {
    if ((offered >> i & 1) == 0) continue;
    if (request::kKinds[i] == draft_.request.kind) return request::kKinds[i];
    if (first.empty()) first = request::kKinds[i];
  }
  return first.empty() ? request::kKinds[0] : first;
}

// What the host page knows of the visitor; never over what he has typed himself.
void Flow::prefill(std::string_view payload) {
  if (draft_.sending) return;
  request::Request& request = draft_.request;
  for (const auto& [name, value] : read_pairs(payload)) {
    const std::size_t index = field_named(name);
    if (index == kFields) continue;
    const auto field = static_cast<Field>(index);
    if (std::string* text = text_of(field); text != nullptr && text->empty()) {
      *text = field == Field::kDetails ? clean(value, kMaxText) : clean_line(value, kMaxText);
    }
    if (field == Field::kKind && request.kind.empty() && is_one_of(request::kKinds, value)) {
      request.kind = value;
    }
    if (field == Field::kMood && request.mood.empty() && is_one_of(request::kMoods, value)) {
      request.mood = value;
    }
    if (field == Field::kCategory && !draft_.category_chosen &&
        value.size() <= request::kMaxSmall) {
      request.category = value;
      draft_.category_chosen = !value.empty();
    }
  }
  drop_unasked();
}

void Flow::restore(std::string_view payload) {
  Result<Draft> draft = Draft::decode(payload);
  if (!draft || draft_.begun()) return;
  draft_ = std::move(*draft);
  // Frozen: the page's outbox may have lost it, and takes the same request once only.
  if (draft_.sending) effects_.add("send", draft_.pairs());
  drop_unasked();
}

}  // namespace askus::flow
