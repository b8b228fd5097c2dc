#include "widget/flow/flow.h"

#include <algorithm>

#include "widget/flow/text.h"

namespace askus::flow {

using view::Role;

Flow::Flow(const Host& host) : host_(host) {
  redraw();
}

void Flow::event(std::uint32_t kind, std::uint32_t key, std::string_view payload) {
  effects_.clear();
  copied_ = false;
  dispatch(static_cast<Event>(kind), key, payload);
  redraw();
}

void Flow::dispatch(Event kind, std::uint32_t key, std::string_view payload) {
  constexpr std::array kFieldRoles{Role::kField, Role::kHoneypot, Role::kSlot};
  constexpr std::array kPressRoles{Role::kButton, Role::kLink, Role::kOption};
  constexpr std::array kChoiceRoles{Role::kChoice};
  constexpr std::array kCheckRoles{Role::kCheck};
  switch (kind) {
    case Event::kStart:
      return start(payload);
    case Event::kInput:
      if (find(key, kFieldRoles) != nullptr) input_field(action_of(key), payload);
      return;
    case Event::kPress:
      if (find(key, kPressRoles) != nullptr) press(key);
      return;
    case Event::kChoose:
      if (find(key, kChoiceRoles) != nullptr) choose(key);
      return;
    case Event::kToggle:
      if (find(key, kCheckRoles) != nullptr) toggle_consent(payload == "1");
      return;
    case Event::kKey:
      return press_key(key, payload);
    case Event::kVisible:
      if (key == 0) return settle_query();
      if (screen_ == Screen::kAsk) effects_.focus(flow::key(Action::kQuery));
      return;
    case Event::kSnapshotFailed:
      return snapshot_failed(payload);
    case Event::kSent:
      return sent(payload);
    case Event::kSendFailed:
      return send_failed(key, payload);
    case Event::kOpen:
      return open(payload);
    case Event::kPrefill:
      return prefill(payload);
    case Event::kRestore:
      return restore(payload);
    case Event::kOnline:
      return set_online(key != 0);
    case Event::kForget:
      return forget();
  }
}

void Flow::start(std::string_view payload) {
  for (const auto& [name, value] : read_pairs(payload)) {
    std::string text = clean_line(value, kMaxShortText);
    if (name == "language") {
      language_ = std::move(text);
    } else if (name == "languages") {
      languages_ = std::move(text);
    } else if (name == "page") {
      page_ = text.substr(0, text.find_first_of("?#"));
    } else if (name == "site") {
      site_ = std::move(text);
    } else if (name == "channel" && std::find(request::kChannels.begin(), request::kChannels.end(),
                                              value) != request::kChannels.end()) {
      channel_ = value;
    }
  }
  if (language_.empty()) language_ = languages_.substr(0, languages_.find(' '));
  if (library_) library_->choose_language(languages_);
}

void Flow::press(std::uint32_t key) {
  const std::uint32_t index = index_of(key);
  switch (action_of(key)) {
    case Action::kClose:
      settle_query();
      return effects_.add("close");
    case Action::kBack:
      return back();
    case Action::kOpenTopic:
      return open_listed(index);
    case Action::kWrite:
      return write();
    case Action::kRetry:
      failure_ = Failure::kNone;
      return effects_.add("retry");
    case Action::kRate:
      return rate(index);
    case Action::kCopyLink:
      return copy_topic_link();
    case Action::kChangeCategory:
      changing_category_ = true;
      return effects_.focus(flow::key(Action::kCategory));
    case Action::kSend:
      return send();
    case Action::kSendAnyway:
      return submit();
    case Action::kSaveLink:
      copied_ = true;
      return effects_.add("copy", {receipt_.link});
    case Action::kAskAnother:
      return ask_another();
    case Action::kOpenReceipt:
      return show_receipt();
    default:
      return;
  }
}

void Flow::press_key(std::uint32_t key, std::string_view name) {
  const bool in_query = key == flow::key(Action::kQuery);
  if (name == "Escape") {
    if (in_query && !query_.empty()) return input_query({});
    settle_query();
    return effects_.add("close");
  }
  if (!in_query || screen_ != Screen::kAsk || move_active(name) || name != "Enter") return;
  settle_query();
  if (active_ >= 0) open_listed(shown_[static_cast<std::size_t>(active_)].topic);
}

void Flow::snapshot(Bytes bytes) {
  effects_.clear();
  auto library = Library::open(std::move(bytes));
  if (library) {
    next_ = std::move(*library);
    const bool reading = library_ && screen_ == Screen::kRead;
    if (!reading) adopt_next();
  } else if (!library_) {
    failure_ = Failure::kRefused;
  }
  redraw();
}

void Flow::adopt_next() {
  if (!next_) return;
  library_ = std::move(next_);
  library_->choose_language(languages_);
  failure_ = Failure::kNone;
  active_ = -1;
  const auto& settings = library_->settings();
  // What was agreed to was the text of then.
  if (!draft_.sending &&
      draft_.request.consent.version != snapshot::view(settings.consent_version())) {
    draft_.request.consent = {};
    draft_.consent_text.clear();
  }
  const auto colour = [](std::uint32_t rgb) {
    std::string text = "#";
    for (int shift = 20; shift >= 0; shift -= 4) text += "0123456789abcdef"[rgb >> shift & 0xF];
    return text;
  };
  effects_.add("theme", {colour(settings.accent()), colour(settings.accent_dark())});
  if (screen_ == Screen::kRead && library_->snapshot().find(topic_) < 0) go(Screen::kAsk);
  drop_unasked();
  if (draft_.begun()) propose_category();
}

void Flow::snapshot_failed(std::string_view reason) {
  if (library_) return;
  failure_ = reason == "offline"   ? Failure::kOffline
             : reason == "refused" ? Failure::kRefused
                                   : Failure::kUnsupported;
}

void Flow::set_online(bool online) {
  online_ = online;
  if (screen_ == Screen::kSending) waits_for_network_ = !online;
  if (online && !library_ && failure_ == Failure::kOffline) {
    failure_ = Failure::kNone;
    effects_.add("retry");
  }
}

void Flow::open(std::string_view payload) {
  const auto strings = view::read_strings(payload);
  if (!strings || strings->empty()) return;
  const std::string_view what = strings->front();
  const std::string argument =
      strings->size() > 1 ? clean_line((*strings)[1], kMaxText) : std::string();
  if (what == "write") return write();
  if (what == "ask") return go(Screen::kAsk);
  if (what == "article") return open_topic(argument, {}, Screen::kAsk);
  if (what == "search") {
    go(Screen::kAsk);
    input_query(argument);
  }
}

void Flow::go(Screen screen) {
  const bool left_topic = screen_ == Screen::kRead && screen != Screen::kRead;
  screen_ = screen;
  changing_category_ = false;
  if (left_topic) adopt_next();
  // The form's first focus depends on what is filled in: write() sees to it.
  if (screen == Screen::kAsk) effects_.focus(key(Action::kQuery));
  if (screen == Screen::kSending) effects_.focus(key(Action::kStatus));
  if (screen == Screen::kRead || screen == Screen::kOffered || screen == Screen::kSent) {
    effects_.focus(key(Action::kHeading));
  }
}

void Flow::back() {
  if (screen_ == Screen::kRead) return go(read_from_);
  if (screen_ == Screen::kOffered) return write();
  if (screen_ == Screen::kWrite && write_from_ == Screen::kRead) {
    return open_topic(topic_, topic_language_, read_from_);
  }
  go(Screen::kAsk);
}

void Flow::redraw() {
  drawing_.clear();
  draw();
  if (!drawing_.same_as(view_)) {
    view_.swap(drawing_);
    ++revision_;
  }
}

const view::Node* Flow::find(std::uint32_t key, std::span<const Role> roles) const {
  const auto nodes = view_.nodes();
  const auto node = std::find_if(nodes.begin(), nodes.end(), [&](const view::Node& each) {
    return each.key == key && std::find(roles.begin(), roles.end(), each.role) != roles.end() &&
           (each.flags & view::kDisabled) == 0;
  });
  return node == nodes.end() ? nullptr : &*node;
}

}  // namespace askus::flow
