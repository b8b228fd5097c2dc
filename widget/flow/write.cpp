// The form: what the visitor writes, and to whom it will go.
#include "widget/flow/flow.h"
#include "widget/flow/text.h"

namespace askus::flow {

using snapshot::fb::Need;
using view::ButtonStyle;
using view::ChoicesStyle;
using view::FieldStyle;
using view::Icon;
using view::RegionStyle;
using view::Role;
using view::Text;
using view::TextStyle;

namespace {

constexpr std::array kKindTexts{Text::kind_question, Text::kind_problem, Text::kind_idea,
                                Text::kind_thanks};
constexpr std::array kMoodTexts{Text::mood_happy, Text::mood_indifferent, Text::mood_upset};
constexpr std::array kMoodIcons{Icon::kHappy, Icon::kIndifferent, Icon::kUpset};

bool offers(std::uint8_t mask, std::size_t bit) {
  return (mask >> bit & 1) != 0;
}

std::uint32_t nth(std::size_t index) {
  return static_cast<std::uint32_t>(index) + 1;
}

}  // namespace

void Flow::write() {
  settle_query();
  if (receipt_.unseen) return show_receipt();
  if (draft_.sending) return go(Screen::kSending);
  // From an offered topic the way back stays the one that led to the form.
  if (screen_ == Screen::kRead && read_from_ == Screen::kAsk) {
    write_from_ = Screen::kRead;
  } else if (screen_ == Screen::kAsk || screen_ == Screen::kSent) {
    write_from_ = Screen::kAsk;
  }
  if (screen_ != Screen::kWrite) effects_.add("count", {"write"});
  // Once: every tab that has this draft sends the same bytes under its key.
  if (draft_.request.query.empty() && searching()) {
    draft_.request.query = clean_line(query_, request::kMaxTitle);
  }
  // Nothing is asked twice: the question is what was searched for, or what did not help.
  const std::string_view meant = !searching()          ? std::string_view()
                                 : understood_.empty() ? query_
                                                       : understood_;
  const std::string_view question = meant.empty() && sorry_ && screen_ == Screen::kRead
                                        ? snapshot::view(library_->version(reading()).title())
                                        : meant;
  if (draft_.request.title.empty() && !draft_.title_prefilled && !question.empty()) {
    draft_.request.title = clean_line(question, request::kMaxTitle);
    draft_.title_prefilled = true;
  }
  go(Screen::kWrite);
  propose_category();
  effects_.focus(key(draft_.request.title.empty() ? Action::kTitle : Action::kDetails));
}

void Flow::draw_write() {
  draw_header(true, Text::new_request);
  {
    const auto main = main_region(Screen::kWrite).in();
    draw_refusal();
    if (press_again_) drawing_.add(Role::kAlert).text(Text::press_again);
    if (sorry_) drawing_.text(TextStyle::kHint).text(Text::sorry_for_rating);
    const auto form = drawing_.region(RegionStyle::kForm).text(Text::new_request).in();
    draw_kinds();
    draw_field(Field::kTitle, FieldStyle::kText, Text::title_label, Text::none);
    draw_field(Field::kDetails, FieldStyle::kText, Text::details_label, Text::details_placeholder);
    drawing_.slot(view::Slot::kPictures, key(Action::kPictures));
    draw_category();
    draw_moods();
    draw_person_fields();
    draw_consent();
    drawing_.add(Role::kHoneypot, key(Action::kHoneypot));
  }
  const auto footer = drawing_.region(RegionStyle::kFooter).in();
  drawing_.button(ButtonStyle::kGhost, key(Action::kBack), Text::cancel);
  drawing_.button(ButtonStyle::kPrimary, key(Action::kSend), Text::send);
}

// That it was refused, and the server's reason where it gave one.
void Flow::draw_refusal() {
  if (!refused_) return;
  const auto alert =
      drawing_.add(Role::kAlert).text(reused_ ? Text::sent_otherwise : Text::refused).in();
  if (!refusal_.empty()) drawing_.text(TextStyle::kBody).label(refusal_);
}

void Flow::draw_kinds() {
  const std::uint8_t offered = library_->settings().kinds();
  if ((offered & (offered - 1)) == 0) return;  // one kind at most is no choice
  {
    const auto kinds =
        mark_field(drawing_.choices(ChoicesStyle::kSegments, key(Action::kKind), Text::kind),
                   Field::kKind)
            .in();
    for (std::size_t i = 0; i < kKindTexts.size(); ++i) {
      if (!offers(offered, i)) continue;
      drawing_.add(Role::kChoice, key(Action::kKind, nth(i)))
          .text(kKindTexts[i])
          .flag(view::kSelected, kind() == request::kKinds[i]);
    }
  }
  draw_error(Field::kKind);
}

void Flow::draw_moods() {
  const std::uint8_t offered = library_->settings().moods();
  if (offered == 0) return;
  {
    const auto moods =
        mark_field(drawing_.choices(ChoicesStyle::kFaces, key(Action::kMood), Text::mood),
                   Field::kMood)
            .in();
    for (std::size_t i = 0; i < kMoodTexts.size(); ++i) {
      if (!offers(offered, i)) continue;
      drawing_.add(Role::kChoice, key(Action::kMood, nth(i)))
          .text(kMoodTexts[i])
          .number(static_cast<std::int32_t>(kMoodIcons[i]))
          .flag(view::kSelected, draft_.request.mood == request::kMoods[i]);
    }
  }
  draw_error(Field::kMood);
}

bool Flow::is_required(Field field) const {
  const auto& settings = library_->settings();
  return field == Field::kTitle ||
         (field == Field::kName && settings.name_field() == Need::Required) ||
         (field == Field::kContact && settings.contact_field() == Need::Required);
}

void Flow::draw_field(Field field, FieldStyle style, Text label, Text placeholder) {
  mark_field(drawing_.field(style, key(action_for(field)), label), field)
      .value(*text_of(field))
      .number(static_cast<std::int32_t>(placeholder))
      .flag(view::kMultiline, field == Field::kDetails)
      .flag(view::kRequired, is_required(field));
  draw_error(field);
}

void Flow::draw_person_fields() {
  const auto& settings = library_->settings();
  if (settings.name_field() == Need::Off && settings.contact_field() == Need::Off) return;
  const auto pair = drawing_.region(RegionStyle::kPair).in();
  if (settings.name_field() != Need::Off) {
    const auto name = drawing_.region(RegionStyle::kStack).in();
    draw_field(Field::kName, FieldStyle::kName, Text::name_label, Text::none);
  }
  if (settings.contact_field() != Need::Off) {
    const auto contact = drawing_.region(RegionStyle::kStack).in();
    draw_field(Field::kContact, FieldStyle::kContact, Text::contact_label,
               Text::contact_placeholder);
  }
}

void Flow::draw_category() {
  const auto& categories = *library_->settings().categories();
  if (categories.size() == 0) return;
  const std::int32_t chosen = category_index();
  if (changing_category_) {
    const auto list = mark_field(drawing_.choices(ChoicesStyle::kList, key(Action::kCategory),
                                                  Text::category_label),
                                 Field::kCategory)
                          .in();
    drawing_.add(Role::kChoice, key(Action::kCategory, 1))
        .text(Text::any_category)
        .flag(view::kSelected, chosen < 0);
    for (std::uint32_t i = 0; i < categories.size(); ++i) {
      drawing_.add(Role::kChoice, key(Action::kCategory, i + 2))
          .label(library_->text(categories.Get(i)->title()))
          .flag(view::kSelected, chosen == static_cast<std::int32_t>(i));
    }
    return;
  }
  const auto row = drawing_.region(RegionStyle::kRow).text(Text::category_label).in();
  if (chosen < 0) {
    drawing_.text(TextStyle::kTag).text(Text::any_category);
  } else {
    const auto* category = categories.Get(static_cast<std::uint32_t>(chosen));
    drawing_.text(TextStyle::kTag).label(library_->text(category->title()));
    const std::string_view department = library_->text(category->department());
    if (!department.empty()) {
      drawing_.text(TextStyle::kHint).text(Text::answered_by).label(department);
    }
  }
  drawing_.button(ButtonStyle::kGhost, key(Action::kChangeCategory), Text::change_category);
}

void Flow::draw_consent() {
  const auto& settings = library_->settings();
  if (settings.consent_version()->size() == 0) return;
  {
    const auto check =
        mark_field(drawing_.add(Role::kCheck, key(Action::kConsent)), Field::kConsent)
            .label(library_->text(settings.consent_text()))
            .flag(view::kRequired)
            .flag(view::kSelected, !draft_.request.consent.at.empty())
            .in();
    if (settings.policy_url()->size() > 0) {
      drawing_.link(view::LinkStyle::kInline)
          .text(Text::policy)
          .value(snapshot::view(settings.policy_url()));
    }
  }
  draw_error(Field::kConsent);
}

Flow::Element Flow::mark_field(Element element, Field field) {
  const Problem& problem = problems_[static_cast<std::size_t>(field)];
  if (!problem.reason.empty()) element.flag(view::kInvalid).extra(problem.reason);
  element.flag(view::kInvalid, problem.text != Text::none);
  return element;
}

void Flow::draw_error(Field field) {
  const Problem& problem = problems_[static_cast<std::size_t>(field)];
  if (problem.text != Text::none) drawing_.text(TextStyle::kError).text(problem.text);
}

}  // namespace askus::flow
