#include "server-stub/files/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace askus::files {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int operator*() const { return number_; }

 private:
  int number_;
};

Error failed(const std::string& what, const std::string& path) {
  const int code = errno;
  const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
  return {full             ? Code::kUnavailable
          : code == ENOENT ? Code::kNotFound
                           : Code::kInternal,
          "cannot " + what + " " + path + ": " + std::strerror(code)};
}

Status sync_folder(const std::string& path) {
  const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (*folder < 0 || ::fsync(*folder) != 0) return failed("sync", path);
  return {};
}

enum class Sync : bool { kNo, kYes };

// `how`: whether a file that is there is emptied (O_TRUNC) or in the way (O_EXCL).
Status write_and_sync(const std::string& path, std::string_view bytes, mode_t mode, int how,
                      Sync sync = Sync::kYes) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | how, mode));
  if (*file < 0 && errno == EEXIST) return Error{Code::kConflict, path + " exists"};
  if (*file < 0) return failed("create", path);
  while (!bytes.empty()) {
    const ssize_t written = ::write(*file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (sync == Sync::kYes && ::fsync(*file) != 0) return failed("sync", path);
  return {};
}

// Writes beside the file and renames.
Status replace(const std::string& path, std::string_view bytes, mode_t mode, Sync sync) {
  // With the process's number: two that write the same file do not write into each other's.
  const std::string unfinished = path + "." + std::to_string(::getpid()) + std::string(kUnfinished);
  Status status = write_and_sync(unfinished, bytes, mode, O_TRUNC, sync);
  if (status.ok() && ::rename(unfinished.c_str(), path.c_str()) != 0)
    status = failed("rename", unfinished);
  if (!status.ok()) ::unlink(unfinished.c_str());
  return status;
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat about {};
  if (*file < 0 || ::fstat(*file, &about) != 0)
    return Error{errno == ENOENT ? Code::kNotFound : Code::kUnavailable,
                 "cannot open " + path + ": " + std::strerror(errno)};
  if (!S_ISREG(about.st_mode)) return Error{Code::kNotFound, path + " is not a file"};
  if (static_cast<std::size_t>(about.st_size) > limit)
    return Error{Code::kTooLarge, path + " is larger than " + std::to_string(limit) + " bytes"};
  std::string bytes(static_cast<std::size_t>(about.st_size), '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got = ::read(*file, bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      return Error{Code::kUnavailable, "cannot read " + path + ": " + std::strerror(errno)};
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  bytes.resize(size);
  return bytes;
}

Status write_durably(const std::string& path, std::string_view bytes, mode_t mode) {
  if (Status status = replace(path, bytes, mode, Sync::kYes); !status.ok()) return status;
  return sync_folder(folder_of(path));
}

Status write_quickly(const std::string& path, std::string_view bytes, mode_t mode) {
  return replace(path, bytes, mode, Sync::kNo);
}

Status write_new(const std::string& path, std::string_view bytes, mode_t mode) {
  if (Status status = write_and_sync(path, bytes, mode, O_EXCL); !status.ok()) {
    if (status.error().code != Code::kConflict) ::unlink(path.c_str());
    return status;
  }
  return sync_folder(folder_of(path));
}

Status make_folder(const std::string& path, mode_t mode) {
  if (::mkdir(path.c_str(), mode) == 0) return sync_folder(folder_of(path));
  if (errno == EEXIST) return {};
  if (errno != ENOENT) return failed("create the folder", path);
  if (Status above = make_folder(folder_of(path), mode); !above.ok()) return above;
  // A path that ends with a slash is there already.
  if (::mkdir(path.c_str(), mode) != 0 && errno != EEXIST) return failed("create the folder", path);
  return sync_folder(folder_of(path));
}

}  // namespace askus::files
