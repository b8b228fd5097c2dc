#include "tests/server-stub/child.h"

#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace askus::testing {
namespace {

// In the child, between fork and exec.
[[noreturn]] void become(const std::vector<char*>& argv, const Child::Options& options,
                         const passwd* nobody, int output) {
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  const bool drop = options.unprivileged && ::geteuid() == 0;
  if (drop && (::setgid(nobody->pw_gid) != 0 || ::setuid(nobody->pw_uid) != 0)) ::_exit(126);
  // After setuid, which forgets it: a test that is killed leaves nothing behind.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (!options.folder.empty() && ::chdir(options.folder.c_str()) != 0) ::_exit(126);
  ::execvp(argv[0], argv.data());
  ::_exit(127);
}

}  // namespace

Child::Child(const std::vector<std::string>& command, const Options& options) {
  std::vector<std::string> words = command;
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const passwd* nobody = ::getpwnam("nobody");
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return;
  pid_ = ::fork();
  if (pid_ == 0) become(argv, options, nobody, ends[1]);
  ::close(ends[1]);
  pipe_ = ends[0];
  end_signal_ = options.end_signal;
}

Child::~Child() {
  if (pid_ > 0) {
    signal(end_signal_);
    wait();
  }
  if (pipe_ >= 0) ::close(pipe_);
}

bool Child::read_more() {
  char chunk[4096];
  ssize_t size = 0;
  do size = ::read(pipe_, chunk, sizeof chunk);
  while (size < 0 && errno == EINTR);
  if (size > 0) output_.append(chunk, static_cast<std::size_t>(size));
  return size > 0;
}

std::string Child::await(const std::string& text) {
  for (;;) {
    const std::size_t at = output_.find(text, seen_);
    const std::size_t end = at == std::string::npos ? at : output_.find('\n', at);
    if (end != std::string::npos) {
      seen_ = end;
      const std::size_t begin = output_.rfind('\n', at);
      const std::size_t from = begin == std::string::npos ? 0 : begin + 1;
      return output_.substr(from, end - from);
    }
    if (!read_more()) return {};
  }
}

void Child::discard() {
  discarding_ = std::thread([this] {
    while (read_more()) output_.clear();
  });
}

void Child::signal(int number) const {
  if (pid_ > 0) ::kill(pid_, number);
}

int Child::wait() {
  if (discarding_.joinable()) discarding_.join();
  while (read_more()) {
  }
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Ended run_program(const std::vector<std::string>& command, const Child::Options& options) {
  Child child(command, options);
  const int code = child.wait();
  return {code, child.output()};
}

}  // namespace askus::testing
