#include "server-stub/api/live.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "server-stub/account/roles.h"
#include "server-stub/store/awaited.h"
#include "server-stub/store/sessions.h"

namespace askus::api {
namespace {

using nlohmann::json;

std::string event_of(std::string_view name, const json& data, std::int64_t id = 0) {
  std::string text;
  if (id > 0) text += "id: " + std::to_string(id) + "\n";
  // A dump without indent has no line ends.
  return text + "event: " + std::string(name) +
         "\ndata: " + data.dump(-1, ' ', false, json::error_handler_t::replace) + "\n\n";
}

json change_json(const store::Change& change) {
  return {{"seq", change.seq},     {"kind", change.kind},     {"id", change.id},
          {"actor", change.actor}, {"detail", change.detail}, {"at", change.at}};
}

json openings_json(const std::vector<store::Opening>& openings) {
  json list = json::array();
  for (const store::Opening& one : openings)
    list.push_back({{"request", one.request}, {"person", one.person}});
  return list;
}

}  // namespace

Live::Live(store::Store& store, store::Clock clock)
    : store_(store), clock_(std::move(clock)), thread_([this] { run(); }) {}

bool Live::add(const std::string& site, Window window) {
  {
    const std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const auto& [name, one] : sites_) count += one.windows.size();
    if (end_ || count >= kWindows) return false;
    sites_[site].windows.push_back(std::move(window));
    poked_ = true;
  }
  changed_.notify_all();
  return true;
}

void Live::poke() {
  {
    const std::lock_guard lock(mutex_);
    poked_ = true;
  }
  changed_.notify_all();
}

void Live::close() {
  {
    const std::lock_guard lock(mutex_);
    end_ = true;
    for (auto& [name, site] : sites_)
      for (Window& window : site.windows) window.stream->end();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Live::run() {
  for (;;) {
    std::vector<std::string> names;
    {
      std::unique_lock lock(mutex_);
      // With nobody there nothing is asked.
      if (sites_.empty())
        changed_.wait(lock, [this] { return end_ || poked_; });
      else
        changed_.wait_for(lock, kNewsEvery, [this] { return end_ || poked_; });
      if (end_) return;
      poked_ = false;
      for (const auto& [name, site] : sites_) names.push_back(name);
    }
    const auto now = std::chrono::steady_clock::now();
    if (now - looked_ >= kSessionLooked) {
      looked_ = now;
      drop_lost_sessions();
    }
    for (const std::string& name : names) tell(name);
  }
}

void Live::drop_lost_sessions() {
  std::set<std::pair<std::string, std::string>> sessions;  // site, hash
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [name, site] : sites_)
      for (const Window& window : site.windows) sessions.emplace(name, window.session);
  }
  for (const auto& [name, hash] : sessions) {
    const auto found = store::awaited<Result<std::optional<store::FoundSession>>>(
        [&, &session = hash](auto done) { store::find_session(store_, session, clock_(), done); });
    if (!found.ok()) return;
    bool may = false;
    if (found->has_value())
      for (const store::Membership& m : (*found)->memberships)
        if (const auto role = account::person_role(m.role); role && m.site == name)
          may = account::may(*role, account::Right::kAnswer);
    if (may) continue;
    const std::lock_guard lock(mutex_);
    for (Window& window : sites_[name].windows)
      if (window.session == hash) window.stream->end();
  }
}

void Live::tell(const std::string& name) {
  std::int64_t after = INT64_MAX;
  std::size_t looked = 0;  // the first so many windows were there when the store was asked
  {
    const std::lock_guard lock(mutex_);
    Site& site = sites_[name];
    std::erase_if(site.windows, [](const Window& window) { return window.stream->over(); });
    if (site.windows.empty()) {
      sites_.erase(name);
      return;
    }
    for (const Window& window : site.windows) after = std::min(after, window.seq);
    looked = site.windows.size();
  }
  const auto news = store::awaited<Result<store::News>>(
      [&](auto done) { store::read_news(store_, name, after, clock_(), done); });
  if (!news.ok()) return;  // the next time
  const std::lock_guard lock(mutex_);
  Site& site = sites_[name];
  const bool opened = news->openings != site.openings;
  site.openings = news->openings;
  for (std::size_t i = 0; i < site.windows.size(); ++i) {
    Window& window = site.windows[i];
    std::string text;
    // Who is far behind reads the list again, and who is ahead: a backup has been restored.
    const bool is_behind = news->changes.size() >= store::kMostChanges && window.seq < news->seq;
    if (is_behind || (i < looked && window.seq > news->seq)) {
      text = event_of("again", json::object(), news->seq);
      window.seq = news->seq;
    }
    for (const store::Change& change : news->changes)
      if (change.seq > window.seq) {
        text += event_of("change", change_json(change), change.seq);
        window.seq = change.seq;
      }
    if (opened || !window.greeted) text += event_of("openings", openings_json(site.openings));
    window.greeted = true;
    if (!text.empty()) window.stream->push(text);
  }
}

}  // namespace askus::api
