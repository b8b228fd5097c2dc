#include "server-stub/faq/files.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "server-stub/files/files.h"

namespace askus::faq {
namespace {

constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

Error failed(const std::string& path, const char* what) {
  return {errno == ENOENT ? Code::kNotFound : Code::kUnavailable,
          "\"" + path + "\" " + what + ": " + std::strerror(errno)};
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

Status write_new_secret(const std::string& path, std::string_view bytes) {
  Status status = files::write_new(path, bytes, files::kForOwner);
  if (!status.ok() && status.error().code == Code::kConflict)
    return Error{Code::kConflict,
                 "\"" + path + "\" exists and is not overwritten: what it signed would be lost"};
  return status;
}

Result<std::string> read_secret(const std::string& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return failed(path, "could not be read");
  if (S_ISREG(about.st_mode) && (about.st_mode & kOthers) != 0)
    return Error{Code::kRefused, "\"" + path + "\" is a secret that others on this machine can " +
                                     "read; run: chmod 600 " + path};
  return read_file(path);
}

}  // namespace askus::faq
