#include "server-stub/http/connections.h"

#include <vector>

namespace askus::http {

bool Connections::enter(const void* connection, const std::optional<Address>& source,
                        std::function<void()> stop) {
  const std::lock_guard lock(mutex_);
  if (empty_ || open_.size() >= limits_.connections) return false;
  if (source) {
    const auto known = sources_.find(*source);
    if (known != sources_.end() && known->second >= limits_.connections_per_address) return false;
    ++sources_[*source];
  }
  open_[connection] = {source, std::move(stop)};
  return true;
}

void Connections::leave(const void* connection) {
  std::function<void()> empty;
  {
    const std::lock_guard lock(mutex_);
    const auto entry = open_.find(connection);
    if (entry == open_.end()) return;
    if (entry->second.source) {
      const auto count = sources_.find(*entry->second.source);
      if (--count->second == 0) sources_.erase(count);
    }
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
