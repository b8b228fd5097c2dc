// From the form to the page's outbox, and what came of it.
#include <algorithm>

#include "shared/text/decimal.h"
#include "widget/flow/flow.h"
#include "widget/flow/text.h"

namespace askus::flow {

using request::is_blank;
using view::Text;

namespace {

Text error_text(Field field, Code code) {
  if (code == Code::kTooLarge) return Text::error_too_long;
  return field == Field::kContact ? Text::error_contact : Text::error_title;
}

// The page's own pairs come first: a field of the same name does not stand for one of them.
std::string_view first_value(const Pairs& pairs, std::string_view name) {
  for (const auto& [each, value] : pairs) {
    if (each == name) return value;
  }
  return {};
}

}  // namespace

void Flow::send() {
  refused_ = false;
  press_again_ = honeypot_filled_;
  // A person who sees this presses again; a program that fills in every field does so for ever.
  if (std::exchange(honeypot_filled_, false)) return effects_.focus(key(Action::kSend));
  begin_draft();
  if (!check_fields()) return;
  if (!offered_once_ && find_offered()) {
    offered_once_ = true;
    return go(Screen::kOffered);
  }
  submit();
}

// Marks what is wrong and puts the focus on the first of it.
bool Flow::check_fields() {
  problems_ = {};
  request::Request request = draft_.request;
  request.kind = kind();
  request.consent = {};  // without its hash it is not whole yet
  for (const request::Problem& problem : request::validate(request)) {
    const std::size_t index = field_named(problem.field);
    if (index == kFields || problems_[index].text != Text::none) continue;
    problems_[index].text = error_text(static_cast<Field>(index), problem.code);
  }
  const auto require = [&](Field field, bool holds, Text text) {
    Problem& problem = problems_[static_cast<std::size_t>(field)];
    if (!holds && problem.text == Text::none) problem.text = text;
  };
  require(Field::kName, !is_required(Field::kName) || !is_blank(request.name), Text::error_name);
  require(Field::kContact, !is_required(Field::kContact) || !is_blank(request.contact),
          Text::error_contact_missing);
  require(Field::kConsent,
          library_->settings().consent_version()->size() == 0 || !draft_.request.consent.at.empty(),
          Text::error_consent);
  return !focus_problem();
}

bool Flow::focus_problem() {
  for (std::size_t i = 0; i < kFields; ++i) {
    if (problems_[i].text == Text::none && problems_[i].reason.empty()) continue;
    // Its reason stands at the list, which is closed otherwise.
    if (static_cast<Field>(i) == Field::kCategory) changing_category_ = true;
    effects_.focus(key(kFieldActions[i]));
    return true;
  }
  return false;
}

// Whether there are topics that match the whole text.
bool Flow::find_offered() {
  offered_.clear();
  const std::string text = draft_.request.title + "\n" + draft_.request.details;
  for (const search::Hit& hit :
       library_->search(text, {.limit = kOfferedTopics, .typing = false})) {
    offered_.emplace_back(snapshot::view(library_->snapshot().topic(hit.topic).id()));
  }
  return !offered_.empty();
}

// Freezes the draft and hands it to the page.
void Flow::submit() {
  draft_.request.kind = kind();
  draft_.sending = true;
  retrying_ = unkept_ = false;
  waits_for_network_ = !online_;
  keep_draft();
  effects_.add("send", draft_.pairs());
  go(Screen::kSending);
}

// Says on the receipt who will answer the draft, and when.
void Flow::name_department() {
  if (const std::int32_t index = category_index(); index >= 0) {
    const auto* category =
        library_->settings().categories()->Get(static_cast<std::uint32_t>(index));
    receipt_.department = library_->text(category->department());
  }
  receipt_.answer_time = library_->text(library_->settings().answer_time());
}

void Flow::sent(std::string_view payload) {
  std::string id;
  Receipt receipt;
  for (const auto& [name, value] : read_pairs(payload)) {
    if (name == "id") id = value;
    if (name == "link") receipt.link = clean_line(value, kMaxShortText);
    if (name == "promise") receipt.promise = clean_line(value, kMaxShortText);
    if (name == "number")
      receipt.number = static_cast<std::int32_t>(text::read_decimal(value).number);
    if (name == "answers") receipt.answers = split_words(value, kMaxAnswers);
  }
  // The outbox may report a request of another draft, long left behind.
  if (id.empty() || id != draft_.request.id) return;
  receipt_ = std::move(receipt);
  if (library_) name_department();
  // Who writes again is the same person.
  Draft next;
  next.request.name = std::move(draft_.request.name);
  next.request.contact = std::move(draft_.request.contact);
  drop_draft();
  draft_ = std::move(next);
  effects_.add("count", {"sent"});
  receipt_.unseen = screen_ == Screen::kAsk || screen_ == Screen::kRead;
  if (!receipt_.unseen) go(Screen::kSent);
}

void Flow::drop_draft() {
  draft_ = {};
  problems_ = {};
  offered_once_ = sorry_ = refused_ = false;
  effects_.add("draft", {std::string_view()});
}

// As if this visitor had never been here; the snapshot stays.
void Flow::forget() {
  drop_draft();
  receipt_ = {};
  query_.clear();
  counted_query_.clear();
  rated_.clear();
  searched_ = false;
  go(Screen::kAsk);
}

void Flow::send_failed(std::uint32_t refused, std::string_view payload) {
  if (!draft_.sending) return;
  const Pairs pairs = read_pairs(payload);
  // The outbox may report a request of another draft. Older pages give no id.
  const std::string_view id = first_value(pairs, "id");
  if (!id.empty() && id != draft_.request.id) return;
  const std::string_view reason = first_value(pairs, "reason");
  if (refused == 0) {
    // What could not be stored is so until it is sent: later attempts do not change that.
    if (reason == "unkept") unkept_ = true;
    waits_for_network_ = reason == "offline" || reason == "unkept";
    retrying_ = !waits_for_network_;
    return;
  }
  draft_.sending = false;
  refused_ = true;
  reused_ = first_value(pairs, "type") == "key-reused";
  refusal_ = reused_ ? std::string() : clean(first_value(pairs, "text"), kMaxShortText);
  if (reused_) renew_id();
  problems_ = {};
  for (const auto& [name, value] : pairs) {
    const std::size_t index = field_named(name);
    if (index < kFields) problems_[index].reason = clean_line(value, kMaxShortText);
  }
  drop_unasked();
  keep_draft();
  if (screen_ != Screen::kSending) return;
  go(Screen::kWrite);
  focus_problem();
}

}  // namespace askus::flow
