// The buckets of the addresses that were seen last, in memory that never grows.
//
// Set-associative: an address has kWays places, chosen by a keyed hash, so that nobody can aim at
// the places of another. When all are taken the one is forgotten that would be full again first:
// full already, it loses nothing; else its owner gets back what it had used, which is less than
// what each of the seven that stay have used. To be forgotten with n requests an hour used, an
// address must therefore share its places with seven that have used more than n.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <vector>

#include "server-stub/http/address.h"
#include "server-stub/limit/siphash.h"
#include "server-stub/limit/token_bucket.h"

namespace askus::limit {

struct Source {
  std::uint64_t key = 0;  // the address's hash; 0: nobody's
  Bucket free, hard, attempts;
  // When it is as good as new.
  Time full_at() const { return std::max({free.full_at, hard.full_at, attempts.full_at}); }
};
static_assert(sizeof(Source) == 32);

// Thread-safe.
class SourceTable {
 public:
  static constexpr std::size_t kWays = 8;
  static constexpr std::size_t kLocks = 64;

  // Room for `sources` addresses at least, rounded up to a power of two and kWays * kLocks.
  SourceTable(std::size_t sources, const HashKey& key);

  // Calls `use` with the address's buckets, new ones when it is not known. Must not call back.
  template <typename Use>
  auto with(const http::Address& address, Use use) {
    return with_name(http::source_of(address).bytes, use);
  }
  // The same for whatever else has a name of sixteen bytes.
  template <typename Use>
  auto with_name(const std::array<std::uint8_t, 16>& name, Use use) {
    const std::uint64_t key = hash(name);
    const std::size_t set = key & (sets_ - 1);
    const std::lock_guard lock(locks_[set % kLocks]);
    return use(find(set, key));
  }
  std::size_t bytes() const { return sources_.capacity() * sizeof(Source); }

 private:
  std::uint64_t hash(const std::array<std::uint8_t, 16>& name) const;
  Source& find(std::size_t set, std::uint64_t key);

  const HashKey key_;
  const std::size_t sets_;
  std::vector<Source> sources_;
  std::array<std::mutex, kLocks> locks_;
};

}  // namespace askus::limit
