// Runs askus-faq in a folder of its own, as a person would.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/catch.h"

namespace askus::faq {

struct Ran {
  int code = -1;
  std::string out, err;
};

// A folder that goes with the test.
class Folder {
 public:
  Folder() {
    std::string pattern = std::filesystem::temp_directory_path() / "askus-faq-XXXXXX";
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }
  // A file that only its owner may read.
  void write_secret(const std::string& name, const std::string& bytes) const {
    write(name, bytes);
    std::filesystem::permissions(
        path_ / name, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
  std::string read(const std::string& name) const {
    std::ifstream in(path_ / name, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
  }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path_)) {
      if (entry.is_regular_file())
        names.push_back(std::filesystem::relative(entry.path(), path_).string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  // `arguments` as one would type them, with the folder as the current one.
  Ran run(const std::string& arguments) const {
    const std::string command =
        "cd '" + path_.string() + "' && " + ASKUS_FAQ_PROGRAM + " " + arguments + " >.out 2>.err";
    const int status = std::system(command.c_str());
    Ran ran{WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(".out"), read(".err")};
    std::filesystem::remove(path_ / ".out");
    std::filesystem::remove(path_ / ".err");
    return ran;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace askus::faq
