// Answers that come from other threads, such as the store's writer, which has those of a whole
// commit at once: gathered, so that they cost the server's threads one wake-up and not one each.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <mutex>
#include <vector>

namespace askus::http {

// Thread-safe. Must be destroyed before the context, and after the last push().
class Deliveries {
 public:
  explicit Deliveries(boost::asio::io_context& context) : context_(context) {}

  // Runs `resume` on `executor`, later: in the order of the calls for one executor.
  void push(boost::asio::any_io_executor executor, std::function<void()> resume);

 private:
  struct Entry {
    boost::asio::any_io_executor executor;
    std::function<void()> resume;
  };
  void deliver();

  boost::asio::io_context& context_;
  std::mutex mutex_;
  std::vector<Entry> entries_;  // not empty: deliver() is on its way
};

}  // namespace askus::http
