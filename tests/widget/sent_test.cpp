// The receipt.
#include "tests/catch.h"
#include "tests/widget/dump.h"
#include "tests/widget/panel.h"

namespace askus::testing {

using flow::Action;
using flow::Event;
using view::Text;

namespace {

constexpr std::string_view kId = "01a1ee56-5e00-7102-8304-05060708090a";
constexpr std::string_view kLink = "/sites/demo/ask#request=x.y";

void send_request(Panel& panel) {
  panel.write_request();
  panel.type(Action::kDetails, "Сплатив карткою в терміналі");
  panel.press(Action::kSend);
  if (panel.shows(Text::maybe_answered)) panel.press(Action::kSendAnyway);
  REQUIRE(panel.has_effect("send"));
}

void acknowledge(Panel& panel, std::string_view id = kId, std::string_view answers = {}) {
  panel.strings(Event::kSent,
                {"id", id, "number", "10482", "token", "t", "link", kLink, "answers", answers});
}

}  // namespace

TEST_CASE("sent: number, department, time, and what is answered already") {
  Panel panel(panel_faq());
  send_request(panel);
  acknowledge(panel, kId, "pay gone");
  check_golden("sent", panel.dump());
  CHECK(panel.focused(Action::kHeading));
  CHECK(panel.effect("draft") == std::vector<std::string>{""});
  CHECK(panel.effect("count") == std::vector<std::string>{"sent"});
  panel.press(Action::kSaveLink);
  CHECK(panel.effect("copy") == std::vector<std::string>{std::string(kLink)});
  CHECK(panel.shows(Text::link_copied));
  panel.press(Action::kOpenTopic, 1);
  CHECK(panel.shows("Карткою в кабінеті або в терміналі."));
  panel.press(Action::kBack);
  CHECK(panel.shows(Text::sent_title));
}

TEST_CASE("sent: what the server says of the time is shown instead of the settings' own") {
  const std::string promise = "Зазвичай відповідаємо протягом 2 годин.";
  Panel panel(panel_faq());
  send_request(panel);
  panel.strings(Event::kSent, {"id", kId, "number", "10482", "link", kLink, "promise", promise});
  CHECK(panel.shows(promise));
  CHECK(panel.shows(Text::sent_by_department));
  CHECK_FALSE(panel.shows(Text::sent_by));
  panel.press(Action::kAskAnother);
  CHECK_FALSE(panel.shows(promise));
}

TEST_CASE("sent without department, without answers, without time") {
  snapshot::Faq faq = panel_faq();
  faq.settings.answer_time.clear();
  Panel timeless(faq);
  send_request(timeless);
  acknowledge(timeless);
  CHECK(timeless.shows(Text::sent_by_department));
  CHECK_FALSE(timeless.shows(Text::meanwhile));
  faq.settings.categories.clear();
  for (auto& topic : faq.topics) topic.category.clear();
  Panel nobody(faq);
  send_request(nobody);
  acknowledge(nobody);
  CHECK(nobody.shows(Text::sent_plain));
}

TEST_CASE("after a reload while sending the receipt is the same") {
  Panel panel(panel_faq());
  send_request(panel);
  Panel later(panel_faq());
  later.event(Event::kRestore, 0, panel.effect("draft").at(0));
  later.press(Action::kWrite);
  REQUIRE(later.shows(Text::sending));
  acknowledge(panel);
  acknowledge(later);
  CHECK(later.dump() == panel.dump());
  CHECK(later.shows(Text::sent_by));
}

TEST_CASE("asking another keeps who asks, and nothing else, under a new id") {
  Panel panel(panel_faq());
  send_request(panel);
  acknowledge(panel);
  panel.press(Action::kAskAnother);
  CHECK(panel.focused(Action::kQuery));
  CHECK(panel.value_of(Action::kQuery).empty());
  CHECK_FALSE(panel.shows(Text::continue_draft));
  panel.strings(Event::kOpen, {"write"});
  CHECK(panel.value_of(Action::kContact) == "maria@example.com");
  CHECK(panel.value_of(Action::kTitle).empty());
}

TEST_CASE("an acknowledgement of some other request changes nothing") {
  Panel panel(panel_faq());
  send_request(panel);
  acknowledge(panel, "01a1ee56-5e00-7102-8304-ffffffffffff");
  CHECK(panel.shows(Text::sending));
  Panel fresh(panel_faq());
  acknowledge(fresh, "");
  CHECK(fresh.shows(Text::most_asked));
}

TEST_CASE("acknowledged while the visitor reads: the receipt waits for him") {
  Panel panel(panel_faq());
  send_request(panel);
  panel.press(Action::kBack);
  acknowledge(panel);
  CHECK(panel.shows(Text::most_asked));
  panel.type(Action::kQuery, "інтернет");
  panel.press(Action::kWrite);
  CHECK(panel.focused(Action::kHeading));
  CHECK(panel.shows(Text::sent_by));
  panel.press(Action::kAskAnother);
  panel.type(Action::kQuery, "інтернет");
  panel.press(Action::kWrite);
  CHECK(panel.shows(Text::new_request));
}

TEST_CASE("acknowledged elsewhere: the receipt is announced there, and opens by a press") {
  const bool ask_first = GENERATE(false, true);
  const bool reading = GENERATE(false, true);
  snapshot::Faq faq = panel_faq();
  faq.settings.ask_first = ask_first;
  Panel panel(faq);
  send_request(panel);
  panel.press(Action::kBack);
  if (reading) panel.open_topic("pay");
  CHECK_FALSE(panel.shows(Text::sent_title));
  acknowledge(panel);
  CHECK_FALSE(panel.has_effect("focus"));
  CHECK(panel.shows(Text::sent_title));
  if (ask_first) check_golden(reading ? "read-receipt" : "ask-receipt", panel.dump());
  panel.press(Action::kOpenReceipt);
  CHECK(panel.focused(Action::kHeading));
  CHECK(panel.shows(Text::sent_by));
  panel.press(Action::kAskAnother);
  CHECK_FALSE(panel.shows(Text::sent_title));
}

TEST_CASE("the first requests of a site have a number, not a level") {
  Panel panel(panel_faq());
  send_request(panel);
  panel.strings(Event::kSent, {"id", kId, "number", "1"});
  for (const view::Node& node : panel.view().nodes()) {
    if (node.text != Text::sent_title) continue;
    CHECK(node.number == 1);
    CHECK(node.style == static_cast<std::uint16_t>(view::HeadingStyle::kNumbered));
  }
  CHECK(panel.shows(Text::sent_title));
}

TEST_CASE("forgotten: no draft, no receipt, no query, and the gate is closed again") {
  const bool after_sending = GENERATE(false, true);
  Panel panel(panel_faq());
  panel.type(Action::kQuery, "кабель");
  send_request(panel);
  if (after_sending) {
    acknowledge(panel);
    panel.press(Action::kAskAnother);
  }
  panel.event(Event::kForget, 0);
  CHECK(panel.effect("draft") == std::vector<std::string>{""});
  CHECK(panel.value_of(Action::kQuery).empty());
  CHECK(panel.shows(Text::most_asked));
  CHECK_FALSE(panel.shows(Text::continue_draft));
  CHECK_FALSE(panel.shows(Text::write_to_us));
  // What the outbox still says of it changes nothing.
  acknowledge(panel);
  CHECK_FALSE(panel.shows(Text::sent_title));
  panel.strings(Event::kOpen, {"write"});
  CHECK(panel.value_of(Action::kTitle).empty());
  CHECK(panel.value_of(Action::kContact).empty());
}

}  // namespace askus::testing
