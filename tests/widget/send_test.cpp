// Offered, sending, refused.
#include <algorithm>

#include "tests/catch.h"
#include "tests/widget/dump.h"
#include "tests/widget/panel.h"

namespace askus::testing {

using flow::Action;
using flow::Event;
using view::Text;

namespace {

// Fills the form with what a topic answers already.
void write_answered(Panel& panel) {
  panel.write_request();
  panel.type(Action::kTitle, "Як сплатити за інтернет?");
  panel.type(Action::kDetails, "");
}

}  // namespace

TEST_CASE("what no topic answers goes straight to the page, every field byte for byte") {
  Panel panel(panel_faq());
  panel.write_request();
  panel.press(Action::kSend);
  CHECK(
      panel.effect("send") ==
      std::vector<std::string>{"id",
                               "01a1ee56-5e00-7102-8304-05060708090a",
                               "kind",
                               "question",
                               "title",
                               "Пошкоджено кабель на даху",
                               "details",
                               "З учорашнього вечора дріт висить 🙂",
                               "contact",
                               "maria@example.com",
                               "language",
                               "uk",
                               "channel",
                               "site",
                               "page",
                               "https://shop.example/help",
                               "consent_version",
                               "2",
                               "consent_at",
                               "2026-11-18T11:06:40Z",
                               "consent_text",
                               "Погоджуюся на обробку даних."});
  CHECK(panel.shows(Text::sending));
  CHECK(panel.focused(Action::kStatus));
  check_golden("sending", panel.dump());
}

TEST_CASE("what a topic answers is offered once, and sent by one press") {
  Panel panel(panel_faq());
  write_answered(panel);
  panel.press(Action::kSend);
  CHECK_FALSE(panel.has_effect("send"));
  CHECK(panel.shows(Text::maybe_answered));
  check_golden("offered", panel.dump());

  panel.press(Action::kOpenTopic, 1);
  CHECK(panel.effect("count") == std::vector<std::string>{"offered", "pay"});
  CHECK(panel.shows("Карткою в кабінеті або в терміналі."));
  panel.press(Action::kBack);
  CHECK(panel.shows(Text::maybe_answered));
  panel.press(Action::kBack);
  CHECK(panel.value_of(Action::kTitle) == "Як сплатити за інтернет?");
  CHECK(panel.value_of(Action::kContact) == "maria@example.com");
  panel.press(Action::kSend);
  CHECK(panel.has_effect("send"));
}

TEST_CASE("send anyway sends") {
  Panel panel(panel_faq());
  write_answered(panel);
  panel.press(Action::kSend);
  panel.press(Action::kSendAnyway);
  CHECK(panel.sent_value("title") == "Як сплатити за інтернет?");
}

TEST_CASE("the way back from an offered topic never turns in a circle") {
  Panel panel(panel_faq());
  panel.type(Action::kQuery, "сплатити");
  panel.press(Action::kWrite);
  panel.type(Action::kContact, "a@b.cd");
  panel.event(Event::kToggle, flow::key(Action::kConsent), "1");
  panel.press(Action::kSend);
  REQUIRE(panel.shows(Text::maybe_answered));
  panel.press(Action::kOpenTopic, 1);
  panel.press(Action::kWrite);
  panel.press(Action::kBack);
  CHECK(panel.value_of(Action::kQuery) == "сплатити");
}

TEST_CASE("a delay is said in its own words, and the request stays frozen") {
  struct Case {
    const char* reason;
    Text text;
  };
  const auto c = GENERATE(Case{"offline", Text::waits_for_network},
                          Case{"busy", Text::still_sending}, Case{"error", Text::still_sending});
  Panel panel(panel_faq());
  panel.write_request();
  panel.press(Action::kSend);
  panel.strings(Event::kSendFailed, {"reason", c.reason, "text", ""}, 0);
  CHECK(panel.shows(c.text));
  panel.press(Action::kBack);
  CHECK(panel.shows(Text::continue_draft));
  panel.press(Action::kWrite);
  CHECK(panel.shows(c.text));
  panel.type(Action::kTitle, "changed");
  CHECK_FALSE(panel.has_effect("draft"));
}

TEST_CASE("offline from the start: it will be sent") {
  Panel panel(panel_faq());
  panel.event(Event::kOnline, 0);
  panel.write_request();
  panel.press(Action::kSend);
  CHECK(panel.has_effect("send"));
  CHECK(panel.shows(Text::waits_for_network));
  panel.event(Event::kOnline, 1);
  CHECK(panel.shows(Text::sending));
}

TEST_CASE("refused: reasons at the fields, nothing lost, the same id") {
  Panel panel(panel_faq());
  panel.write_request();
  panel.press(Action::kSend);
  const std::string id = panel.sent_value("id");
  panel.strings(Event::kSendFailed,
                {"reason", "invalid", "text", "Перевірте поля", "contact", "немає такої адреси"},
                1);
  CHECK(panel.shows(Text::refused));
  CHECK(panel.shows("Перевірте поля"));
  CHECK(panel.shows("немає такої адреси"));
  CHECK(panel.focused(Action::kContact));
  CHECK(panel.value_of(Action::kDetails) ==
        "З учорашнього вечора дріт висить 🙂");
  check_golden("refused", panel.dump());
  panel.type(Action::kContact, "maria@example.org");
  CHECK_FALSE(panel.shows("немає такої адреси"));
  panel.press(Action::kSend);
  CHECK(panel.sent_value("id") == id);
}

TEST_CASE("a failure of another request changes nothing; one without an id is the draft's") {
  Panel panel(panel_faq());
  panel.write_request();
  panel.press(Action::kSend);
  const std::string id = panel.sent_value("id");
  const std::string before = panel.dump();
  for (const std::uint32_t refused : {0u, 1u}) {
    panel.strings(Event::kSendFailed,
                  {"reason", "offline", "id", "01a1ee56-5e00-7102-8304-ffffffffffff"}, refused);
    CHECK(panel.dump() == before);
    CHECK(panel.effects().empty());
  }
  panel.strings(Event::kSendFailed, {"reason", "offline", "id", ""});
  CHECK(panel.shows(Text::waits_for_network));
  // A field's message cannot stand for the id.
  panel.strings(Event::kSendFailed, {"reason", "invalid", "id", id, "id", "no such id"}, 1);
  CHECK(panel.shows(Text::refused));
}

TEST_CASE("an id that another request has: everything typed is kept, under a new id") {
  Panel panel(panel_faq());
  panel.write_request();
  panel.press(Action::kSend);
  const std::vector<std::string> first = panel.effect("send");
  panel.strings(Event::kSendFailed,
                {"reason", "error", "id", first.at(1), "type", "key-reused", "text", "taken"}, 1);
  CHECK(panel.shows(Text::sent_otherwise));
  CHECK_FALSE(panel.shows("taken"));
  Panel reloaded(panel_faq());
  reloaded.event(Event::kRestore, 0, panel.effect("draft").at(0));
  CHECK_FALSE(reloaded.has_effect("send"));
  for (Panel* each : {&panel, &reloaded}) {
    each->strings(Event::kOpen, {"write"});
    each->press(Action::kSend);
    std::vector<std::string> second = each->effect("send");
    REQUIRE(second.size() == first.size());
    CHECK(second.at(1) != first.at(1));
    second.at(1) = first.at(1);
    CHECK(second == first);
  }
}

// Else two tabs with one draft would send different bytes under one key, and one would be refused.
TEST_CASE("the query that led to the form is of the draft, whatever is looked for later") {
  Panel panel(panel_faq());
  panel.type(Action::kQuery, "кабель на даху");
  panel.write_request();
  const std::string kept = panel.effect("draft").at(0);
  Panel other(panel_faq());
  other.event(Event::kRestore, 0, kept);
  for (Panel* each : {&panel, &other}) {
    each->strings(Event::kOpen, {"ask"});
    each->type(Action::kQuery, "інше");
    each->strings(Event::kOpen, {"write"});
    each->press(Action::kSend);
    if (!each->has_effect("send")) each->press(Action::kSendAnyway);
  }
  const std::vector<std::string> sent = panel.effect("send");
  const auto query = std::find(sent.begin(), sent.end(), "query");
  REQUIRE(query != sent.end());
  CHECK(query[1] == "кабель на даху");
  CHECK(other.effect("send") == sent);
}

TEST_CASE("what the browser could not store asks to keep the page open, until it is sent") {
  Panel panel(panel_faq());
  panel.write_request();
  panel.press(Action::kSend);
  for (const char* reason : {"unkept", "offline", "busy"}) {
    panel.strings(Event::kSendFailed, {"reason", reason});
    CHECK(panel.shows(Text::waits_unkept));
    CHECK_FALSE(panel.shows(Text::waits_for_network));
    CHECK_FALSE(panel.shows(Text::still_sending));
  }
  panel.strings(Event::kSendFailed, {"reason", "invalid"}, 1);
  panel.press(Action::kSend);
  panel.strings(Event::kSendFailed, {"reason", "offline"});
  CHECK(panel.shows(Text::waits_for_network));
}

TEST_CASE("a reload while sending hands the very same request over again") {
  Panel panel(panel_faq());
  panel.write_request();
  panel.press(Action::kSend);
  Panel later;
  later.event(Event::kRestore, 0, panel.effect("draft").at(0));
  CHECK(later.effect("send") == panel.effect("send"));
  later.load(panel_faq());
  later.press(Action::kWrite);
  CHECK(later.shows(Text::sending));
}

}  // namespace askus::testing
