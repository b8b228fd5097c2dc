// The first screen: waiting, most asked, results, none, keyboard.
#include "tests/catch.h"
#include "tests/widget/dump.h"
#include "tests/widget/panel.h"

namespace askus::testing {

using flow::Action;
using flow::Event;
using view::Text;

namespace {

std::string active_option(const Panel& panel) {
  for (const view::Node& node : panel.view().nodes()) {
    if (node.role == view::Role::kOption && (node.flags & view::kSelected) != 0) {
      return text::decimal(flow::index_of(node.key));
    }
  }
  return "";
}

}  // namespace

TEST_CASE("before the snapshot: typing is kept, and answered once it is there") {
  Panel panel;
  check_golden("ask-loading", panel.dump());
  panel.type(Action::kQuery, "немає інтернету");
  CHECK(panel.shows(Text::loading_answers));
  CHECK(panel.value_of(Action::kQuery) == "немає інтернету");
  panel.load(panel_faq());
  REQUIRE_FALSE(panel.options().empty());
  CHECK(panel.options().front() == "Що робити, якщо немає інтернету?");
  CHECK(panel.effect("theme") == std::vector<std::string>{"#1f5fd6", "#7aa7ff"});
  CHECK(panel.effect("title") == std::vector<std::string>{"Запитайте нас!"});
}

TEST_CASE("a snapshot that does not come: each reason has its words, and a way on") {
  struct Case {
    const char* reason;
    Text text;
  };
  const auto c = GENERATE(Case{"offline", Text::offline}, Case{"refused", Text::load_refused},
                          Case{"unsupported", Text::load_failed}, Case{"?", Text::load_failed});
  Panel panel;
  panel.event(Event::kSnapshotFailed, 0, c.reason);
  CHECK(panel.shows(c.text));
  panel.press(Action::kRetry);
  CHECK(panel.has_effect("retry"));
  CHECK(panel.shows(Text::loading_answers));
  CHECK_FALSE(panel.shows(c.text));
}

TEST_CASE("back online, the panel asks for the snapshot by itself") {
  Panel panel;
  panel.event(Event::kSnapshotFailed, 0, "offline");
  check_golden("ask-offline", panel.dump());
  panel.event(Event::kOnline, 1);
  CHECK(panel.has_effect("retry"));
  panel.event(Event::kOnline, 1);
  CHECK_FALSE(panel.has_effect("retry"));
}

TEST_CASE("a late failure does not take the answers away") {
  Panel panel(panel_faq());
  panel.event(Event::kSnapshotFailed, 0, "refused");
  CHECK(panel.shows(Text::most_asked));
  panel.load_bytes("no snapshot");
  CHECK(panel.shows(Text::most_asked));
}

TEST_CASE("a snapshot that does not open is refused with a reason") {
  Panel panel;
  panel.load_bytes("no snapshot");
  CHECK(panel.shows(Text::load_refused));
}

TEST_CASE("without a query: announcement and most asked") {
  Panel panel(panel_faq());
  check_golden("ask-most-asked", panel.dump());
}

TEST_CASE("an announcement is shown while it lasts, and not outside") {
  snapshot::Faq faq = panel_faq();
  const auto now = static_cast<std::uint64_t>(kNow / 1000);
  struct Case {
    std::uint64_t from, until;
    bool shown;
  };
  const auto c = GENERATE_COPY(Case{now - 1, now + 1, true}, Case{now, now + 1, true},
                               Case{now - 2, now, false}, Case{now + 1, now + 2, false});
  faq.settings.announcement->from = c.from;
  faq.settings.announcement->until = c.until;
  CHECK(Panel(faq).shows("Аварія в північному районі.") == c.shown);
}

TEST_CASE("nothing asked most: a hint stands there") {
  snapshot::Faq faq = panel_faq();
  faq.settings.most_asked.clear();
  Panel panel(faq);
  CHECK(panel.shows(Text::ask_hint));
  CHECK_FALSE(panel.shows(Text::most_asked));
}

TEST_CASE("results: marked words, snippets, the visitor's language first, others labelled") {
  Panel panel(panel_faq());
  panel.type(Action::kQuery, "немає інтернету");
  check_golden("ask-results", panel.dump());
  panel.type(Action::kQuery, "роуминг");
  CHECK(panel.options() == std::vector<std::string>{"Роуминг за границей"});
  CHECK(panel.shows(Text::in_language));
  panel.type(Action::kQuery, "сплатити");
  CHECK_FALSE(panel.shows(Text::in_language));
}

TEST_CASE("where no answer is sure a few guesses are shown, and called so") {
  Panel panel(panel_faq());
  panel.type(Action::kQuery, "сплатити ксилофон фагот гобой арфа");
  CHECK(panel.shows(Text::guesses));
  CHECK_FALSE(panel.options().empty());
  CHECK(panel.options().size() <= flow::kGuesses);
  panel.type(Action::kQuery, "немає інтернету");
  CHECK_FALSE(panel.shows(Text::guesses));
  // A sure answer in another language is none.
  panel.type(Action::kQuery, "роуминг");
  CHECK_FALSE(panel.shows(Text::guesses));
}

TEST_CASE("no results: the form is one press away") {
  Panel panel(panel_faq());
  panel.type(Action::kQuery, "ксилофон");
  check_golden("ask-no-results", panel.dump());
  CHECK(panel.shows(Text::no_results_hint));
  panel.type(Action::kQuery, "ксилофон фагот гобой арфа кларнет скрипка бандура цимбали");
  CHECK(panel.shows(Text::try_shorter));
}

TEST_CASE("the way to the form opens after one search, unless the site says otherwise") {
  snapshot::Faq faq = panel_faq();
  Panel asked_first(faq);
  CHECK_FALSE(asked_first.shows(Text::write_to_us));
  asked_first.type(Action::kQuery, "інтернет");
  CHECK(asked_first.shows(Text::write_to_us));
  asked_first.type(Action::kQuery, "");
  asked_first.event(Event::kVisible, 1);
  CHECK(asked_first.shows(Text::write_to_us));
  faq.settings.ask_first = false;
  CHECK(Panel(faq).shows(Text::write_to_us));
}

TEST_CASE(
    "the keyboard: nothing is active before an arrow, Enter opens, Escape clears and closes") {
  Panel panel(panel_faq());
  CHECK(active_option(panel).empty());
  panel.key("Enter");
  CHECK(panel.shows(Text::most_asked));
  panel.key("ArrowDown");
  CHECK(active_option(panel) == "0");
  panel.key("ArrowDown");
  CHECK(active_option(panel) == "1");
  panel.key("ArrowDown");
  CHECK(active_option(panel) == "0");
  panel.key("ArrowUp");
  CHECK(active_option(panel) == "1");
  panel.key("Enter");
  CHECK(panel.shows("Як сплатити за інтернет?"));
  CHECK(panel.focused(Action::kHeading));
  panel.press(Action::kBack);
  CHECK(panel.focused(Action::kQuery));

  panel.type(Action::kQuery, "інтернет");
  CHECK(active_option(panel).empty());
  panel.key("Escape");
  CHECK(panel.value_of(Action::kQuery).empty());
  CHECK_FALSE(panel.has_effect("close"));
  panel.key("Escape");
  CHECK(panel.has_effect("close"));
}

TEST_CASE("a query is counted once it is settled, not while it is typed") {
  Panel panel(panel_faq());
  for (const char* typed : {"ін", "інтер", "інтернет"}) {
    panel.type(Action::kQuery, typed);
    CHECK_FALSE(panel.has_effect("count"));
  }
  panel.key("Enter");
  CHECK(panel.effect("count") == std::vector<std::string>{"search", "інтернет"});
  panel.key("Enter");
  CHECK_FALSE(panel.has_effect("count"));
  panel.type(Action::kQuery, "ксилофон");
  panel.event(Event::kVisible, 0);
  CHECK(panel.effect("count") == std::vector<std::string>{"zero", "ксилофон"});
}

TEST_CASE("shown, the field gets the focus; closing says so") {
  Panel panel(panel_faq());
  panel.event(Event::kVisible, 1);
  CHECK(panel.focused(Action::kQuery));
  panel.press(Action::kClose);
  CHECK(panel.has_effect("close"));
}

TEST_CASE("the revision rises only when the view changes") {
  Panel panel(panel_faq());
  const std::uint32_t before = panel.revision();
  panel.event(Event::kVisible, 1);
  panel.event(Event::kOnline, 1);
  CHECK(panel.revision() == before);
  panel.type(Action::kQuery, "і");
  CHECK(panel.revision() == before + 1);
}

}  // namespace askus::testing
