#include "server-stub/api/event_batch.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

#include "server-stub/api/kept_query.h"
#include "shared/request/request.h"
#include "shared/request/uuid.h"

namespace askus::api {
namespace {

using nlohmann::json;

Error malformed(std::string text) {
  return {Code::kMalformed, std::move(text)};
}

// Takes a member's value; false: it is not valid.
using Rule = std::function<bool(const json&)>;
using Rules = std::vector<std::pair<std::string_view, Rule>>;

Status read_members(const json& object, const std::string& where, const Rules& rules,
                    const std::vector<std::string_view>& needed) {
  if (!object.is_object()) return malformed(where + " is not an object");
  for (const auto& member : object.items()) {
    const auto rule = std::find_if(rules.begin(), rules.end(), [&member](const auto& one) {
      return one.first == member.key();
    });
    if (rule == rules.end()) return malformed(where + " has an unknown key");
    if (!rule->second(member.value()))
      return malformed(where + ": \"" + member.key() + "\" is not valid");
  }
  for (const std::string_view name : needed)
    if (!object.contains(name))
      return malformed(where + ": \"" + std::string(name) + "\" is missing");
  return {};
}

// A text that `valid` holds for.
template <typename Valid>
Rule text(std::string& into, Valid valid) {
  return [&into, valid](const json& value) {
    if (!value.is_string()) return false;
    into = value.get<std::string>();
    return valid(into);
  };
}

auto at_most(std::size_t bytes) {
  return [bytes](const std::string& value) { return value.size() <= bytes; };
}

template <typename List>
auto one_of(const List& list) {
  return [&list](const std::string& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
  };
}

Rule count(std::int64_t& into) {
  return [&into](const json& value) {
    if (!value.is_number_unsigned()) return false;
    const auto number = value.get<std::uint64_t>();
    if (number < 1 || number > static_cast<std::uint64_t>(kEventCount)) return false;
    into = static_cast<std::int64_t>(number);
    return true;
  };
}

Result<Event> parse_event(const json& value, const std::string& where) {
  Event event;
  const Status status = read_members(value, where,
                                     {{"name", text(event.name, one_of(kCounters))},
                                      {"topic", text(event.topic, at_most(snapshot::kMaxId))},
                                      {"category", text(event.category, at_most(snapshot::kMaxId))},
                                      {"query", text(event.query, at_most(snapshot::kMaxTitle))},
                                      {"count", count(event.count)}},
                                     {"name"});
  if (!status.ok()) return status.error();
  return event;
}

std::string category_id(const snapshot::Snapshot& snapshot, std::uint32_t index) {
  const auto& categories = *snapshot.settings().categories();
  return index < categories.size() ? std::string(snapshot::view(categories[index]->id()))
                                   : std::string();
}

void place(const Event& event, const snapshot::Snapshot& snapshot, store::CounterKey& key) {
  if (const std::int64_t topic = event.topic.empty() ? -1 : snapshot.find(event.topic);
      topic >= 0) {
    key.topic = event.topic;
    key.category =
        category_id(snapshot, snapshot.topic(static_cast<std::uint32_t>(topic)).category());
    return;
  }
  for (const snapshot::fb::Category* category : *snapshot.settings().categories())
    if (snapshot::view(category->id()) == event.category) key.category = event.category;
}

}  // namespace

Result<Batch> parse_batch(std::string_view body) {
  const json document = json::parse(body, nullptr, false);
  if (document.is_discarded()) return malformed("not well-formed JSON in UTF-8");
  Batch batch;
  Status inner;
  const Rule events = [&batch, &inner](const json& list) {
    if (!list.is_array() || list.empty() || list.size() > kEvents) return false;
    for (std::size_t i = 0; i < list.size() && inner.ok(); ++i) {
      Result<Event> event = parse_event(list[i], "events[" + std::to_string(i) + "]");
      if (event.ok())
        batch.events.push_back(std::move(*event));
      else
        inner = event.error();
    }
    return inner.ok();
  };
  const Status status =
      read_members(document, "the batch",
                   {{"id", text(batch.id, request::is_uuid7)},
                    {"channel", text(batch.channel, one_of(request::kChannels))},
                    {"language", text(batch.language, at_most(request::kMaxSmall))},
                    {"events", events}},
                   {"id", "channel", "language", "events"});
  if (!inner.ok()) return inner.error();
  if (!status.ok()) return status.error();
  return batch;
}

std::vector<store::NewCounts::One> counts_of(const Batch& batch, const snapshot::Snapshot* snapshot,
                                             bool keep_queries) {
  std::string language;
  if (const std::int32_t index = snapshot == nullptr ? -1 : snapshot->language(batch.language);
      index >= 0)
    language = snapshot::view(snapshot->root().languages()->Get(static_cast<std::uint32_t>(index)));
  std::vector<store::NewCounts::One> counts;
  counts.reserve(batch.events.size());
  for (const Event& event : batch.events) {
    store::NewCounts::One one{{event.name, batch.channel, language, {}, {}, {}}, event.count};
    if (snapshot != nullptr) place(event, *snapshot, one.key);
    if (keep_queries && event.name == "zero") one.key.query = kept_query(event.query);
    counts.push_back(std::move(one));
  }
  return counts;
}

}  // namespace askus::api
