// The first screen: a search field, what is asked most, what was found.
#include "widget/flow/flow.h"
#include "widget/flow/text.h"

namespace askus::flow {

using request::is_blank;
using view::ButtonStyle;
using view::Icon;
using view::RegionStyle;
using view::Role;
using view::Text;
using view::TextStyle;

namespace {

// From so many words on a shorter query is worth a hint.
constexpr std::size_t kLongQueryWords = 8;

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != ' ' && (i == 0 || text[i - 1] == ' ')) ++words;
  }
  return words;
}

}  // namespace

bool Flow::searching() const {
  return !is_blank(query_);
}

void Flow::draw_ask() {
  draw_header(false, Text::panel_title);
  if (library_) {
    find_topics();
    set_title(library_->text(library_->settings().title()));
  }
  {
    const auto main = main_region(Screen::kAsk).in();
    if (library_) {
      draw_receipt();
      draw_announcement();
    }
    draw_query();
    if (library_) {
      draw_results();
    } else {
      draw_waiting();
    }
    drawing_.slot(view::Slot::kMine);
  }
  if (library_) draw_ask_footer();
}

void Flow::draw_waiting() {
  if (failure_ == Failure::kNone) {
    drawing_.add(Role::kStatus, key(Action::kStatus)).text(Text::loading_answers);
    drawing_.add(Role::kProgress).text(Text::loading_answers);
    return;
  }
  const bool offline = failure_ == Failure::kOffline;
  const auto hero = drawing_.region(RegionStyle::kHero).in();
  drawing_.icon(offline ? Icon::kOffline : Icon::kWarning);
  drawing_.add(Role::kAlert)
      .text(offline                         ? Text::offline
            : failure_ == Failure::kRefused ? Text::load_refused
                                            : Text::load_failed);
  drawing_.button(ButtonStyle::kSecondary, key(Action::kRetry), Text::try_again);
}

void Flow::draw_announcement() {
  const auto* announcement = library_->settings().announcement();
  if (announcement == nullptr) return;
  const double now = host_.now() / 1000;
  if (now < static_cast<double>(announcement->from()) ||
      now >= static_cast<double>(announcement->until())) {
    return;
  }
  const auto card = drawing_.region(RegionStyle::kCard).text(Text::announcement).in();
  const auto row = drawing_.region(RegionStyle::kRow).in();
  drawing_.icon(Icon::kInfo);
  drawing_.text(TextStyle::kBody).label(library_->text(announcement->text()));
}

void Flow::draw_query() {
  drawing_.field(view::FieldStyle::kSearch, key(Action::kQuery), Text::search_label)
      .value(query_)
      .number(static_cast<std::int32_t>(Text::search_placeholder))
      .flag(view::kHiddenLabel)
      .flag(view::kExpanded, library_ && !shown_.empty());
}

void Flow::draw_results() {
  auto status = drawing_.add(Role::kStatus, key(Action::kStatus));
  if (!searching()) {
    if (shown_.empty()) {
      drawing_.text(TextStyle::kHint).text(Text::ask_hint);
    } else {
      drawing_.heading(2).text(Text::most_asked);
      draw_options(false);
    }
    return;
  }
  if (!shown_.empty()) {
    status.number(static_cast<std::int32_t>(shown_.size()))
        .text(unsure_               ? Text::guesses
              : understood_.empty() ? Text::results
                                    : Text::results_for)
        .label(understood_);
    draw_options(true);
    return;
  }
  status.text(Text::no_results).label(query_);
  const auto hero = drawing_.region(RegionStyle::kHero).in();
  drawing_.icon(Icon::kSearch);
  drawing_.text(TextStyle::kHint)
      .text(count_words(query_) < kLongQueryWords ? Text::no_results_hint : Text::try_shorter);
  drawing_.button(ButtonStyle::kPrimary, key(Action::kWrite), Text::write_to_us);
}

void Flow::draw_options(bool highlighted) {
  const auto options = drawing_.add(Role::kOptions, key(Action::kOptions))
                           .text(highlighted ? Text::search_label : Text::most_asked)
                           .in();
  for (std::size_t i = 0; i < shown_.size(); ++i) {
    const Shown shown = shown_[i];
    const std::string_view tag = library_->tag(shown.language);
    const auto option = drawing_.add(Role::kOption, key(Action::kOpenTopic, shown.topic))
                            .flag(view::kSelected, static_cast<std::int32_t>(i) == active_)
                            .in();
    draw_runs(drawing_.text(TextStyle::kName).other_language(tag, foreign(shown)),
              snapshot::view(library_->version(shown).title()), highlighted);
    if (library_->is_other(shown.language)) {
      drawing_.text(TextStyle::kTag).text(Text::in_language).label(tag);
    }
    // What is asked most is known by its title.
    if (highlighted) draw_snippet(shown, true);
  }
}

void Flow::draw_ask_footer() {
  const bool again = draft_.begun();
  // The hint for no results has the button already.
  if (!again && (shown_.empty() && searching())) return;
  if (!again && !searched_ && library_->settings().ask_first()) return;
  const auto footer = drawing_.region(RegionStyle::kFooter).in();
  if (!again) drawing_.text(TextStyle::kHint).text(Text::not_found_question);
  drawing_.button(ButtonStyle::kSecondary, key(Action::kWrite),
                  again ? Text::continue_draft : Text::write_to_us);
}

void Flow::find_topics() {
  shown_.clear();
  understood_.clear();
  if (searching()) {
    searched_ = true;
    // Where nothing is sure, a few guesses are worth more than an empty list: three in four times
    // the answer is among the first (docs/search.md).
    auto hits = library_->search(query_, {.limit = kHits});
    unsure_ = hits.empty();
    if (unsure_) hits = library_->search(query_, {.limit = kGuesses, .weak = true});
    for (const search::Hit& hit : hits) {
      if (!unsure_ || hit.evidence >= search::kGuessEvidence)
        shown_.push_back({hit.topic, hit.language});
    }
    understood_ = library_->index().understood();
  } else {
    for (const std::uint32_t topic : *library_->settings().most_asked()) {
      shown_.push_back(library_->shown(topic));
    }
  }
  if (active_ >= static_cast<std::int32_t>(shown_.size())) active_ = -1;
}

std::span<const search::Hit> Flow::search(std::string_view query, std::uint32_t limit) {
  if (!library_) return {};
  return library_->index().search(query, {.language = -1, .limit = limit, .weak = true});
}

void Flow::input_query(std::string_view text) {
  query_ = clean_line(text, search::kMaxQueryBytes);
  active_ = -1;
}

// Whether the key was one that moves the active option. Nothing is active before the first.
bool Flow::move_active(std::string_view key_name) {
  const auto count = static_cast<std::int32_t>(shown_.size());
  if (key_name == "ArrowDown") {
    active_ = active_ + 1 < count ? active_ + 1 : (count > 0 ? 0 : -1);
    return true;
  }
  if (key_name == "ArrowUp") {
    active_ = active_ > 0 ? active_ - 1 : count - 1;
    return true;
  }
  return false;
}

// Counts a query once the visitor has done something about it: typing is not searching.
void Flow::settle_query() {
  if (!library_ || screen_ != Screen::kAsk || !searching() || counted_query_ == query_) return;
  counted_query_ = query_;
  effects_.add("count", {shown_.empty() ? "zero" : "search", query_});
}

}  // namespace askus::flow
