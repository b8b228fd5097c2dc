// While it is sent, when it has arrived, and later by its private link.
#include <algorithm>
#include <array>
#include <utility>

#include "shared/text/decimal.h"
#include "widget/flow/flow.h"
#include "widget/flow/text.h"

namespace askus::flow {

using view::ButtonStyle;
using view::Icon;
using view::RegionStyle;
using view::Role;
using view::Text;
using view::TextStyle;

namespace {

// The states of docs/openapi.yaml; of another nothing is said.
constexpr std::array<std::pair<std::string_view, Text>, 4> kStates{{
    {"received", Text::status_received},
    {"in-work", Text::status_in_work},
    {"answered", Text::status_answered},
    {"closed", Text::status_closed},
}};

}  // namespace

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
    const Text by = receipt_.department.empty()    ? Text::sent_plain
                    : receipt_.answer_time.empty() ? Text::sent_by_department
                                                   : Text::sent_by;
    drawing_.text(TextStyle::kBody).text(by).label(receipt_.department).extra(receipt_.answer_time);
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

// `pairs`: the server's answer as the page read it; without a number there is no such request.
void Flow::open_request(std::string_view pairs) {
  request_ = {};
  for (const auto& [name, value] : read_pairs(pairs)) {
    if (name == "number")
      request_.number = static_cast<std::int32_t>(text::read_decimal(value).number);
    for (const auto& [state, text] : kStates) {
      if (name == "status" && value == state) request_.status = text;
    }
    if (name == "title") request_.title = clean_line(value, request::kMaxTitle);
    if (name == "created") request_.created = clean_line(value, request::kMaxSmall);
    if (name == "details") request_.details = clean(value, request::kMaxDetails);
  }
  go(Screen::kRequest);
}

void Flow::draw_request() {
  draw_header(true, Text::panel_title);
  const auto main = main_region(Screen::kRequest).in();
  if (library_) draw_receipt();
  if (request_.number <= 0) {
    const auto hero = drawing_.region(RegionStyle::kHero).in();
    drawing_.icon(Icon::kWarning);
    drawing_.add(Role::kAlert, key(Action::kHeading)).text(Text::request_not_found);
    return;
  }
  drawing_.numbered_heading(request_.number, key(Action::kHeading)).text(Text::request_title);
  {
    const auto row = drawing_.region(RegionStyle::kRow).in();
    if (request_.status != Text::none) drawing_.text(TextStyle::kTag).text(request_.status);
    if (!request_.created.empty()) drawing_.add(Role::kTime).value(request_.created);
  }
  drawing_.text(TextStyle::kName).label(request_.title);
  if (!request_.details.empty()) drawing_.text(TextStyle::kBody).label(request_.details);
}

}  // namespace askus::flow
