// A program that runs beside a test and ends with it.
#pragma once

#include <sys/types.h>

#include <string>
#include <thread>
#include <vector>

namespace askus::testing {

class Child {
 public:
  struct Options {
    bool unprivileged = false;  // as the user nobody, when the test runs as root
    int end_signal = 15;        // SIGTERM; what ends it kindly
    std::string folder;         // to start in; empty: the test's
  };

  // Starts a program; its output and errors go to one pipe. Throws nothing: await() tells.
  Child(const std::vector<std::string>& command, const Options& options);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Reads the output until a line holds `text`; that line, or "" when the program ended before.
  std::string await(const std::string& text);
  // From now on the output is read and thrown away, so that the program never waits for a reader.
  void discard();
  void signal(int number) const;
  // Waits for the end: its exit code, or 128 + the signal.
  int wait();

  std::string output() const { return output_; }

 private:
  bool read_more();
  std::thread discarding_;

  pid_t pid_ = -1;
  int pipe_ = -1;
  std::string output_;
  std::size_t seen_ = 0;
  int end_signal_ = 15;
};

// Runs a program to its end.
struct Ended {
  int code = -1;
  std::string output;
};
Ended run_program(const std::vector<std::string>& command, const Child::Options& options = {});

}  // namespace askus::testing
