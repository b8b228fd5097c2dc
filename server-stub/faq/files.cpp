#include "server-stub/faq/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace askus::faq {
namespace {

constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

Error failed(const std::string& path, const char* what) {
  return {errno == ENOENT ? Code::kNotFound : Code::kUnavailable,
          "\"" + path + "\" " + what + ": " + std::strerror(errno)};
}

// A file descriptor that closes itself.
class Handle {
 public:
  explicit Handle(int fd) : fd_(fd) {}
  ~Handle() {
    if (fd_ >= 0) ::close(fd_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(fd) == 0;
}

Status sync_folder_of(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  const Handle handle(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY));
  if (handle.get() < 0 || ::fsync(handle.get()) != 0) return failed(path, "could not be kept");
  return {};
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    return Error{Code::kMalformed, "\"" + path + "\" is a folder, not a file"};
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  if (!in || (in.peek() != std::ifstream::traits_type::eof() && !(bytes << in.rdbuf())))
    return failed(path, "could not be read");
  return std::move(bytes).str();
}

Status write_file(const std::string& path, std::string_view bytes) {
  const std::string temporary = path + ".new-" + std::to_string(::getpid());
  {
    const Handle handle(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (handle.get() < 0) return failed(temporary, "could not be made");
    if (!write_all(handle.get(), bytes)) {
      Status status = failed(temporary, "could not be written");
      ::unlink(temporary.c_str());
      return status;
    }
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    Status status = failed(path, "could not be replaced");
    ::unlink(temporary.c_str());
    return status;
  }
  return sync_folder_of(path);
}

Status write_new_secret(const std::string& path, std::string_view bytes) {
  const Handle handle(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (handle.get() < 0 && errno == EEXIST)
    return Error{Code::kConflict,
                 "\"" + path + "\" exists and is not overwritten: what it signed would be lost"};
  if (handle.get() < 0) return failed(path, "could not be made");
  if (!write_all(handle.get(), bytes)) return failed(path, "could not be written");
  return sync_folder_of(path);
}

Result<std::string> read_secret(const std::string& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return failed(path, "could not be read");
  if (S_ISREG(about.st_mode) && (about.st_mode & kOthers) != 0)
    return Error{Code::kRefused, "\"" + path + "\" is a secret that others on this machine can " +
                                     "read; run: chmod 600 " + path};
  return read_file(path);
}

Status make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error) return {};
  return Error{Code::kUnavailable, "\"" + path + "\" could not be made: " + error.message()};
}

}  // namespace askus::faq
