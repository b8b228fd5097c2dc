// Keys by which other systems read and answer a site's requests. A key is shown once; what is kept
// is its hash.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server-stub/store/audit.h"
#include "server-stub/store/store.h"

namespace askus::store {

struct ApiKey {
  std::string id, site;
  std::string hash;   // SHA-256 of the key; empty when it was read in a list
  std::string name;   // what it is for; visitors read it beside a reply by it
  std::string scope;  // read, or answer: read too
  std::string created_at, created_by;
};

// Of a site at once.
inline constexpr std::int64_t kMostApiKeys = 50;

// kFull: the site has kMostApiKeys.
void add_api_key(Store& store, ApiKey key, Act act, Store::Done done);
void read_api_keys(Store& store, const std::string& site,
                   std::function<void(Result<std::vector<ApiKey>>)> done);
// Whose it is, at that site. None: it is none, or was revoked.
void find_api_key(Store& store, const std::string& site, const std::string& hash,
                  std::function<void(Result<std::optional<ApiKey>>)> done);
// kMissing: there is none of that id at the site.
void revoke_api_key(Store& store, const std::string& site, const std::string& id, Act act,
                    Store::Done done);

}  // namespace askus::store
