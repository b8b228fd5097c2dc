#include "server-stub/http/deliveries.h"

#include <boost/asio/defer.hpp>
#include <boost/asio/post.hpp>
#include <utility>

namespace askus::http {

void Deliveries::push(boost::asio::any_io_executor executor, std::function<void()> resume) {
  // From a thread of the context the context's own queue is as cheap.
  if (context_.get_executor().running_in_this_thread())
    return boost::asio::post(executor, std::move(resume));
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = entries_.empty();
    entries_.push_back({std::move(executor), std::move(resume)});
  }
  if (first) boost::asio::post(context_, [this] { deliver(); });
}

void Deliveries::deliver() {
  std::vector<Entry> entries;
  {
    const std::lock_guard lock(mutex_);
    entries.swap(entries_);
  }
  // Deferred: they go into this thread's own queue, and the other threads are woken once.
  for (Entry& entry : entries) boost::asio::defer(entry.executor, std::move(entry.resume));
}

}  // namespace askus::http
