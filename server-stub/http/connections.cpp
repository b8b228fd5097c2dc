#include "server-stub/http/connections.h"

#include <vector>

namespace askus::http {

bool Connections::enter(const void* connection, const std::string& address,
                        std::function<void()> stop) {
  const std::lock_guard lock(mutex_);
  if (empty_ || open_.size() >= limits_.connections) return false;
  std::size_t& count = addresses_[address];
  if (count >= limits_.connections_per_address) {
    if (count == 0) addresses_.erase(address);
    return false;
  }
  ++count;
  open_[connection] = {address, std::move(stop)};
  return true;
}

void Connections::leave(const void* connection) {
  std::function<void()> empty;
  {
    const std::lock_guard lock(mutex_);
    const auto entry = open_.find(connection);
    if (entry == open_.end()) return;
    const auto count = addresses_.find(entry->second.address);
    if (--count->second == 0) addresses_.erase(count);
    open_.erase(entry);
    if (open_.empty()) empty = empty_;
  }
  if (empty) empty();
}

void Connections::drain(const std::function<void()>& empty) {
  std::vector<std::function<void()>> stops;
  {
    const std::lock_guard lock(mutex_);
    empty_ = empty;
    for (const auto& [connection, entry] : open_) stops.push_back(entry.stop);
  }
  for (const auto& stop : stops) stop();
  if (stops.empty()) empty();
}

std::size_t Connections::size() const {
  const std::lock_guard lock(mutex_);
  return open_.size();
}

}  // namespace askus::http
