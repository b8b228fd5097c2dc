// One thread for work that would hold up the threads of the server: checking and compressing a
// snapshot takes seconds, and a disk may take its time.
#pragma once

#include <functional>
#include <thread>
#include <vector>

#include "server-stub/store/job_queue.h"

namespace askus::api {

class Worker {
 public:
  using Job = std::function<void()>;

  explicit Worker(std::size_t queue) : jobs_(queue), thread_([this] { run(); }) {}
  ~Worker() { close(); }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // False: the queue is full or closed, and the job is not taken.
  [[nodiscard]] bool push(Job job) { return jobs_.push(job); }
  // Finishes what is queued.
  void close() {
    jobs_.close();
    if (thread_.joinable()) thread_.join();
  }

 private:
  void run() {
    for (std::vector<Job> jobs = jobs_.take(1); !jobs.empty(); jobs = jobs_.take(1)) jobs.front()();
  }

  store::JobQueue<Job> jobs_;
  std::thread thread_;
};

}  // namespace askus::api
