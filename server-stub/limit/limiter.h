// Who may send how much, and what it costs them. Each process counts for itself: behind several
// servers an address may send that many times as much.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "server-stub/http/address.h"
#include "server-stub/limit/rates.h"
#include "server-stub/limit/source_table.h"

namespace askus::limit {

struct Decision {
  bool allowed = true;
  unsigned price = 0;  // bits of work that the request must show
  // When it is not allowed: after this it may be, rounded up.
  std::chrono::seconds retry_after{0};
  bool was_free = false, counted = false;  // for give_back()
};

// Thread-safe.
class Limiter {
 public:
  using Clock = std::function<Time()>;  // never goes back; called from any thread

  // `sites`: name -> requests an hour. `key`: secret, of one process.
  Limiter(const Rates& rates, const std::map<std::string, std::size_t>& sites, Clock clock,
          const HashKey& key);

  // Counts a call that writes, whatever comes of it.
  Decision attempt(const http::Address& address);
  // Counts a request of that site. Nothing is counted when it is not allowed.
  Decision take(const std::string& site, const http::Address& address);
  // What take() counted was not a request after all.
  void give_back(const std::string& site, const http::Address& address, const Decision& taken);
  // What take() would say.
  Decision look(const std::string& site, const http::Address& address);

  std::size_t bytes() const { return sources_.bytes(); }

 private:
  struct Site {
    explicit Site(std::size_t per_hour) : rate(per_hour) {}
    Rate rate;
    std::mutex mutex;
    Bucket bucket;
  };
  const Rate& hard_rate(const http::Address& address) const;
  Decision decide(const std::string& site, const http::Address& address, bool take);

  const Rates rates_;
  const Clock clock_;
  const Rate free_, ipv4_, ipv6_, ipv4_attempts_, ipv6_attempts_;
  SourceTable sources_;
  std::map<std::string, std::unique_ptr<Site>> sites_;
};

// The steady clock, and a fresh key: what a server takes.
Time steady_time();
HashKey fresh_hash_key();

}  // namespace askus::limit
