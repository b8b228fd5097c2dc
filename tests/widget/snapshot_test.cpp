// A newer snapshot while the panel is in use.
#include "tests/catch.h"
#include "tests/widget/panel.h"

namespace askus::testing {

using flow::Action;
using flow::Event;
using view::Text;

namespace {

snapshot::Faq newer_faq() {
  snapshot::Faq faq = panel_faq();
  faq.topics[1].versions[0].answer = "Тепер ще й готівкою.";
  faq.topics.erase(faq.topics.begin());
  faq.settings.most_asked = {"pay"};
  faq.settings.accent = 0xC00000;
  return faq;
}

}  // namespace

TEST_CASE("an open topic stays what it was until it is left") {
  Panel panel(panel_faq());
  panel.press(Action::kOpenTopic, 0);
  const std::string before = panel.dump();
  panel.load(newer_faq());
  CHECK(panel.dump() == before);
  CHECK_FALSE(panel.has_effect("theme"));
  panel.press(Action::kBack);
  CHECK(panel.effect("theme").at(0) == "#c00000");
  CHECK(panel.options() == std::vector<std::string>{"Як сплатити за інтернет?"});
}

TEST_CASE("a link from a topic leads into the newer snapshot, by id") {
  Panel panel(panel_faq());
  panel.press(Action::kOpenTopic, 0);
  panel.load(newer_faq());
  panel.press(Action::kOpenTopic, 1);
  CHECK(panel.shows("Тепер ще й готівкою."));
}

TEST_CASE("what is typed survives a newer snapshot") {
  Panel panel(panel_faq());
  panel.write_request();
  panel.load(newer_faq());
  CHECK(panel.value_of(Action::kTitle) == "Пошкоджено кабель на даху");
  panel.press(Action::kSend);
  CHECK(panel.has_effect("send"));
}

TEST_CASE("a new consent text has to be agreed to anew") {
  Panel panel(panel_faq());
  panel.write_request();
  snapshot::Faq faq = newer_faq();
  faq.settings.consent_version = "3";
  panel.load(faq);
  panel.press(Action::kSend);
  CHECK(panel.shows(Text::error_consent));
}

TEST_CASE("a way back to a topic that is gone leads to the search") {
  Panel panel(panel_faq());
  panel.press(Action::kOpenTopic, 0);
  panel.load(newer_faq());
  panel.press(Action::kWrite);
  CHECK(panel.shows(Text::new_request));
  panel.press(Action::kBack);
  CHECK(panel.shows(Text::most_asked));
}

TEST_CASE("a newer snapshot answers what is in the field") {
  Panel panel(panel_faq());
  panel.type(Action::kQuery, "готівкою");
  CHECK(panel.options().empty());
  panel.load(newer_faq());
  CHECK(panel.options() == std::vector<std::string>{"Як сплатити за інтернет?"});
}

}  // namespace askus::testing
