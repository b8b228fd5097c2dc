// A panel without a page: drives the flow by events and looks at what comes out.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/snapshot/model.h"
#include "widget/flow/flow.h"

namespace askus::testing {

// A small provider's FAQ in three languages, with all that a site may set.
snapshot::Faq panel_faq();

inline constexpr double kNow = 1'795'000'000'000;  // 2026-11-18T11:06:40Z

struct Effect {
  std::string name;
  std::vector<std::string> arguments;
};

std::string string_list(std::initializer_list<std::string_view> strings);

class Panel {
 public:
  using Action = flow::Action;
  using Event = flow::Event;

  // Started in Ukrainian, without a snapshot.
  Panel();
  // The same with that FAQ.
  explicit Panel(const snapshot::Faq& faq) : Panel() { load(faq); }

  void event(Event kind, std::uint32_t key, std::string_view payload = {});
  void strings(Event kind, std::initializer_list<std::string_view> payload, std::uint32_t key = 0);
  void load(const snapshot::Faq& faq);
  void load_bytes(std::string_view bytes);

  void type(Action field, std::string_view text) { event(Event::kInput, flow::key(field), text); }
  void press(Action action, std::uint32_t index = 0);
  void choose(Action action, std::uint32_t index);
  void key(std::string_view name) { event(Event::kKey, flow::key(Action::kQuery), name); }
  void open_topic(std::string_view id) { strings(Event::kOpen, {"article", id}); }
  // The form, filled in so that it can be sent.
  void write_request();

  std::string dump() const;
  const view::Builder& view() const { return flow_.view(); }
  std::uint32_t revision() const { return flow_.revision(); }
  // Whether the view shows this interface text, or this literal text.
  bool shows(view::Text text) const;
  bool shows(std::string_view literal) const;
  std::vector<std::string> options() const;  // titles as listed
  std::string value_of(Action field) const;  // of the field's node

  // Of the last call.
  std::vector<Effect> effects() const;
  std::vector<std::string> effect(std::string_view name) const;  // arguments of the first such
  bool has_effect(std::string_view name) const;
  bool focused(Action action) const;
  std::string sent_value(std::string_view name) const;  // of the effect `send`

 private:
  flow::Flow flow_;
};

}  // namespace askus::testing
