// The marketers' drafts: one row a site.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "server-stub/store/store.h"

namespace askus::store {

// What the marketers of a site work on, as their page keeps it.
struct Draft {
  std::int64_t version = 0;  // counts the times it was saved; 0: never
  std::string saved_at;      // RFC 3339, UTC
  std::string saved_by;      // a person's id, or a key's short name; read: the person's name
  std::string bytes;
};

// Saves a draft as the version behind `draft.version`. kStored; kKeyReused: it is another version
// by now, nothing changed.
void save_draft(Store& store, const std::string& site, Draft draft, Store::Done done);
void read_draft(Store& store, const std::string& site, std::function<void(Result<Draft>)> done);

}  // namespace askus::store
