// Which connections are open: for the caps and for the drain.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>

#include "server-stub/http/address.h"
#include "server-stub/http/limits.h"

namespace askus::http {

// Thread-safe.
class Connections {
 public:
  explicit Connections(const Limits& limits) : limits_(limits) {}

  // Registers a connection of that source (source_of(), none: nobody to count by); `stop` is called
  // (from any thread) when the drain begins. False: over a cap or draining, and the connection must
  // be closed.
  bool enter(const void* connection, const std::optional<Address>& source,
             std::function<void()> stop);
  void leave(const void* connection);

  // Calls every open connection's `stop`; `empty` is called once none is left.
  void drain(const std::function<void()>& empty);
  std::size_t size() const;

 private:
  struct Entry {
    std::optional<Address> source;
    std::function<void()> stop;
  };
  Limits limits_;
  mutable std::mutex mutex_;
  std::map<const void*, Entry> open_;
  std::map<Address, std::size_t> sources_;
  std::function<void()> empty_;  // set: draining
};

}  // namespace askus::http
