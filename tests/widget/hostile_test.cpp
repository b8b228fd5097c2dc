// Whatever the page sends: a whole view, no crash, nothing changed that should not be.
#include "tests/catch.h"
#include "tests/widget/panel.h"

namespace askus::testing {

using flow::Action;
using flow::Event;

namespace {

// The invariants of every output.
void check_whole(const Panel& panel) {
  const auto& view = panel.view();
  REQUIRE_FALSE(view.nodes().empty());
  std::uint8_t deepest = 0;
  for (const view::Node& node : view.nodes()) {
    REQUIRE(node.depth <= deepest);
    deepest = static_cast<std::uint8_t>(node.depth + 1);
    for (const view::Slice slice : {node.label, node.value, node.extra}) {
      REQUIRE(std::uint64_t{slice.offset} + slice.size <= view.strings().size());
    }
  }
  (void)panel.effects();
}

class Random {
 public:
  std::uint32_t next(std::uint32_t below) {
    state_ = state_ * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u;
    return static_cast<std::uint32_t>(state_ >> 33) % below;
  }

 private:
  std::uint64_t state_ = 42;
};

// Payloads of every form that events have, whole and broken.
std::string payload(Random& random) {
  static const std::vector<std::string> kPayloads{
      "",
      "інтернет",
      "1",
      "Escape",
      "Enter",
      "ArrowDown",
      "offline",
      std::string(200'000, 'x'),
      std::string("\xFF\xFE\0\x80", 4),
      std::string("\xFF\xFF\xFF\xFF", 4),
      string_list({"article", "pay"}),
      string_list({"article"}),
      string_list({"search", "оплата"}),
      string_list({"write"}),
      string_list({"ask"}),
      string_list({"request", "number", "3", "status", "closed", "title", "a", "created", "b"}),
      string_list({"request", "number", "x"}),
      string_list({"title", "a", "contact", "a@b.cd"}),
      string_list({"languages", "  en  ", "page", "?", "channel", "mars"}),
      string_list({"id", "x", "number", "99999999999999999999", "answers", "pay pay pay pay"}),
      string_list({"reason", "offline", "title", "wrong", "id", "wrong"}),
      string_list({"odd"}),
      string_list({"title", "\xFF"}),
      "13:askus-draft-1",
  };
  std::string one = kPayloads[random.next(static_cast<std::uint32_t>(kPayloads.size()))];
  if (random.next(4) == 0 && one.size() < 1'000) one.resize(random.next(64));
  return one;
}

}  // namespace

TEST_CASE("ten thousand events of any kind, key and payload") {
  Random random;
  Panel panel;
  for (int i = 0; i < 10'000; ++i) {
    if (i == 1'000) panel.load(panel_faq());
    std::uint32_t key = random.next(2) == 0 ? random.next(0x200000) : random.next(3);
    const auto nodes = panel.view().nodes();
    if (random.next(2) == 0) {
      key = nodes[random.next(static_cast<std::uint32_t>(nodes.size()))].key;
    }
    panel.event(static_cast<Event>(random.next(17)), key, payload(random));
    check_whole(panel);
  }
}

TEST_CASE("a node that is not in the view cannot be used") {
  Panel panel(panel_faq());
  const std::string before = panel.dump();
  for (std::uint32_t action = 0; action < 40; ++action) {
    if (action == static_cast<std::uint32_t>(Action::kClose)) continue;
    for (const std::uint32_t index : {2u, 0xFFFFu}) {
      const std::uint32_t key = action << 16 | index;
      for (const Event event : {Event::kInput, Event::kPress, Event::kChoose, Event::kToggle}) {
        panel.event(event, key, "1");
        REQUIRE(panel.dump() == before);
        REQUIRE(panel.effects().empty());
      }
    }
  }
}

TEST_CASE("a role takes only its own events") {
  Panel panel(panel_faq());
  panel.event(Event::kInput, flow::key(Action::kClose), "x");
  CHECK(panel.effects().empty());
  panel.event(Event::kPress, flow::key(Action::kQuery));
  CHECK(panel.effects().empty());
}

TEST_CASE("every prefix of a start, an opening, an acknowledgement is harmless") {
  for (const auto& [event, whole] :
       {std::pair{Event::kStart, string_list({"languages", "uk", "page", "https://x/"})},
        std::pair{Event::kOpen, string_list({"article", "pay"})},
        std::pair{Event::kSent, string_list({"id", "x", "number", "1"})}}) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      Panel panel(panel_faq());
      panel.event(event, 0, std::string_view(whole).substr(0, size));
      check_whole(panel);
    }
  }
}

TEST_CASE("what is kept of a field is bounded") {
  Panel panel(panel_faq());
  panel.strings(Event::kOpen, {"write"});
  panel.type(Action::kDetails, std::string(1'000'000, 'x'));
  CHECK(panel.value_of(Action::kDetails).size() == flow::kMaxText);
  panel.type(Action::kTitle, "one\r\ntwo");
  CHECK(panel.value_of(Action::kTitle) == "one  two");
}

TEST_CASE("every prefix of a snapshot is refused") {
  Panel panel;
  for (std::size_t size = 0; size < 64; ++size) {
    panel.load_bytes(std::string(size, '\x01'));
    check_whole(panel);
    CHECK(panel.shows(view::Text::load_refused));
  }
}

}  // namespace askus::testing
