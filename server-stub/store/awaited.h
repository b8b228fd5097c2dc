// A store's answer on the thread that waits for it. Never on a thread of the server or of the store
// itself: others would wait with it.
#pragma once

#include <future>
#include <utility>

namespace askus::store {

// `call` is given the callback, which is called exactly once.
template <typename T, typename Call>
T awaited(Call call) {
  std::promise<T> promise;
  call([&promise](T result) { promise.set_value(std::move(result)); });
  return promise.get_future().get();
}

}  // namespace askus::store
