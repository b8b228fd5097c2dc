// One topic: what is shown, what can be done with it.
#include "tests/catch.h"
#include "tests/widget/dump.h"
#include "tests/widget/panel.h"

namespace askus::testing {

using flow::Action;
using flow::Event;
using view::Text;

TEST_CASE("an answer with everything that belongs to it") {
  Panel panel(panel_faq());
  panel.press(Action::kOpenTopic, 0);
  check_golden("read", panel.dump());
  CHECK(panel.focused(Action::kHeading));
  CHECK(panel.effect("count") == std::vector<std::string>{"article", "no-internet"});
  CHECK(panel.effect("title") == std::vector<std::string>{"Що робити, якщо немає інтернету?"});
}

TEST_CASE("a topic is shown in the language it was listed in") {
  Panel panel(panel_faq());
  panel.type(Action::kQuery, "роуминг");
  panel.press(Action::kOpenTopic, 2);
  CHECK(panel.shows("Включите роуминг в кабинете до поездки."));
  CHECK(panel.shows("ru"));
}

TEST_CASE("comments in another language are marked as the answer is") {
  snapshot::Faq faq = panel_faq();
  for (auto& topic : faq.topics) {
    if (topic.id == "roaming") {
      topic.versions[0].comments = {{"Игорь", "", "За границей связь дороже.", 20'771}};
    }
  }
  Panel panel(faq);
  panel.open_topic("roaming");
  bool marked = false;
  for (const view::Node& node : panel.view().nodes()) {
    if (panel.view().string(node.label) != "За границей связь дороже.") continue;
    marked = (node.flags & view::kOtherLanguage) != 0 && panel.view().string(node.extra) == "ru";
  }
  CHECK(marked);
}

TEST_CASE("the screen has one heading of the first level") {
  Panel panel(panel_faq());
  panel.open_topic("pay");
  int first = 0;
  for (const view::Node& node : panel.view().nodes()) {
    first += node.role == view::Role::kHeading && node.number == 1;
  }
  CHECK(first == 1);
}

TEST_CASE("the visitor's languages choose the topic's") {
  Panel panel(panel_faq());
  panel.strings(Event::kStart, {"languages", "pl en-GB uk"});
  panel.open_topic("no-internet");
  CHECK(panel.shows("Restart the router."));
}

TEST_CASE("links inside the panel lead from topic to topic and back to the search") {
  Panel panel(panel_faq());
  panel.type(Action::kQuery, "немає");
  panel.press(Action::kOpenTopic, 0);
  panel.press(Action::kOpenTopic, 1);
  CHECK(panel.shows("Карткою в кабінеті або в терміналі."));
  panel.press(Action::kBack);
  CHECK(panel.value_of(Action::kQuery) == "немає");
}

TEST_CASE("yes thanks and counts") {
  Panel panel(panel_faq());
  panel.press(Action::kOpenTopic, 0);
  panel.press(Action::kRate, 0);
  CHECK(panel.effect("count") == std::vector<std::string>{"helpful", "no-internet", "yes"});
  CHECK(panel.shows(Text::thanks_for_rating));
  CHECK_FALSE(panel.shows(Text::not_quite));
  CHECK(panel.focused(Action::kThanks));
}

TEST_CASE("not quite and no lead to the form with what was asked") {
  const auto [index, name] =
      GENERATE(table<std::uint32_t, std::string>({{1, "partly"}, {2, "no"}}));
  Panel panel(panel_faq());
  panel.type(Action::kQuery, "немає інтернету");
  panel.press(Action::kOpenTopic, 0);
  panel.press(Action::kRate, index);
  CHECK(panel.effect("count") == std::vector<std::string>{"helpful", "no-internet", name});
  CHECK(panel.shows(Text::sorry_for_rating));
  CHECK(panel.value_of(Action::kTitle) == "немає інтернету");
  panel.press(Action::kBack);
  CHECK(panel.shows("Що робити, якщо немає інтернету?"));
}

TEST_CASE("who came to the topic by a link writes about what it says") {
  Panel panel(panel_faq());
  panel.open_topic("pay");
  panel.press(Action::kRate, 2);
  CHECK(panel.value_of(Action::kTitle) == "Як сплатити за інтернет?");
  panel.type(Action::kTitle, "");
  panel.press(Action::kBack);
  panel.press(Action::kRate, 1);
  CHECK(panel.value_of(Action::kTitle).empty());  // cleared on purpose
}

TEST_CASE("a topic that is left for the form without a word of blame gives it no title") {
  Panel panel(panel_faq());
  panel.open_topic("pay");
  panel.press(Action::kWrite);
  CHECK(panel.value_of(Action::kTitle).empty());
}

TEST_CASE("the slot below an answer carries the topic and what is to be agreed to") {
  snapshot::Faq faq = panel_faq();
  const bool asked = GENERATE(true, false);
  if (!asked) faq.settings.consent_version.clear();
  Panel panel(faq);
  panel.open_topic("pay");
  const auto nodes = panel.view().nodes();
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].role != view::Role::kSlot ||
        nodes[i].number != static_cast<std::int32_t>(view::Slot::kTopic)) {
      continue;
    }
    CHECK(panel.view().string(nodes[i].label) == "pay");
    CHECK(panel.view().string(nodes[i].value) == (asked ? "2" : ""));
    CHECK((nodes[i + 1].role == view::Role::kCheck && nodes[i + 1].depth > nodes[i].depth) ==
          asked);
    return;
  }
  FAIL("no such slot");
}

TEST_CASE("the link can be copied, and says so until the next thing happens") {
  Panel panel(panel_faq());
  panel.press(Action::kOpenTopic, 0);
  panel.press(Action::kCopyLink);
  CHECK(panel.effect("copy") == std::vector<std::string>{"/sites/demo/ask#article=no-internet"});
  CHECK(panel.shows(Text::link_copied));
  panel.event(Event::kOnline, 1);
  CHECK_FALSE(panel.shows(Text::link_copied));
}

TEST_CASE("an id in a link is encoded") {
  snapshot::Faq faq = panel_faq();
  faq.topics[0].id = "a b/ї#";
  faq.settings.most_asked = {"a b/ї#"};
  Panel panel(faq);
  panel.open_topic("a b/ї#");
  panel.press(Action::kCopyLink);
  CHECK(panel.effect("copy").at(0) == "/sites/demo/ask#article=a%20b%2F%D1%97%23");
}

TEST_CASE("opened by id before the snapshot has come, and by an id that is not there") {
  Panel panel;
  panel.open_topic("pay");
  CHECK(panel.shows(Text::loading_answers));
  panel.load(panel_faq());
  CHECK(panel.shows("Карткою в кабінеті або в терміналі."));
  panel.open_topic("no such topic");
  CHECK(panel.shows(Text::most_asked));
}

}  // namespace askus::testing
