// How many requests of a route may be in memory at once, for routes with large bodies.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

namespace askus::http {

// Thread-safe.
class Slots : public std::enable_shared_from_this<Slots> {
 public:
  static std::shared_ptr<Slots> make(std::size_t count) {
    return std::shared_ptr<Slots>(new Slots(count));
  }

  // One of them, given back when the last copy of it is destroyed. Null: all are taken.
  std::shared_ptr<void> take() {
    if (taken_.fetch_add(1) >= count_) {
      taken_.fetch_sub(1);
      return nullptr;
    }
    return {this, [self = shared_from_this()](void*) { self->taken_.fetch_sub(1); }};
  }

 private:
  explicit Slots(std::size_t count) : count_(count) {}

  const std::size_t count_;
  std::atomic<std::size_t> taken_{0};
};

}  // namespace askus::http
