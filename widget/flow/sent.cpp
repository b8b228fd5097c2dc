// While it is sent, and when it has arrived.
#include <algorithm>

#include "widget/flow/flow.h"

namespace askus::flow {

using view::ButtonStyle;
using view::Icon;
using view::RegionStyle;
using view::Role;
using view::Text;
using view::TextStyle;

void Flow::draw_sending() {
  draw_header(true, Text::new_request);
  const auto main = main_region(Screen::kSending).in();
  const auto hero = drawing_.region(RegionStyle::kHero).in();
  if (waits_for_network_) {
    drawing_.icon(Icon::kOffline);
  } else {
    drawing_.add(Role::kProgress).text(Text::sending);
  }
  drawing_.add(Role::kStatus, key(Action::kStatus))
      .text(!waits_for_network_ && !retrying_ ? Text::sending
            : unkept_                         ? Text::waits_unkept
            : waits_for_network_              ? Text::waits_for_network
                                              : Text::still_sending);
}

void Flow::draw_sent() {
  draw_header(false, Text::panel_title);
  const auto main = main_region(Screen::kSent).in();
  {
    const auto hero = drawing_.region(RegionStyle::kHero).in();
    drawing_.icon(Icon::kCheck);
    drawing_.numbered_heading(receipt_.number, key(Action::kHeading)).text(Text::sent_title);
    // What the server says of the time is measured, or promised: it knows more than the settings.
    const bool by_settings = receipt_.promise.empty() && !receipt_.answer_time.empty();
    const Text by = receipt_.department.empty() ? Text::sent_plain
                    : by_settings               ? Text::sent_by
                                                : Text::sent_by_department;
    drawing_.text(TextStyle::kBody).text(by).label(receipt_.department).extra(receipt_.answer_time);
    if (!receipt_.promise.empty()) drawing_.text(TextStyle::kBody).label(receipt_.promise);
  }
  draw_meanwhile();
  const auto ways = drawing_.region(RegionStyle::kHero).in();
  if (!receipt_.link.empty()) {
    drawing_.button(ButtonStyle::kGhost, key(Action::kSaveLink), Text::save_link);
    drawing_.add(Role::kStatus, key(Action::kStatus))
        .text(copied_ ? Text::link_copied : Text::none);
  }
  drawing_.button(ButtonStyle::kSecondary, key(Action::kAskAnother), Text::ask_another);
}

void Flow::draw_meanwhile() {
  const bool any =
      std::any_of(receipt_.answers.begin(), receipt_.answers.end(),
                  [&](const std::string& id) { return library_->snapshot().find(id) >= 0; });
  if (!any) return;
  const auto section = drawing_.region(RegionStyle::kSection).text(Text::meanwhile).in();
  drawing_.text(TextStyle::kHint).text(Text::meanwhile);
  draw_topics(receipt_.answers, false);
}

void Flow::show_receipt() {
  settle_query();
  receipt_.unseen = false;
  go(Screen::kSent);
}

void Flow::ask_another() {
  query_.clear();
  go(Screen::kAsk);
}

}  // namespace askus::flow
