#include "server-stub/faq/files.h"

#include <sys/stat.h>

#include "tests/catch.h"
#include "tests/server-stub/faq/program.h"

using namespace askus::faq;
using askus::Code;

TEST_CASE("a file is replaced whole and nothing is left beside it") {
  const Folder folder;
  const std::string path = folder.path() / "file";
  REQUIRE(write_file(path, "one").ok());
  REQUIRE(write_file(path, std::string("two\0", 4)).ok());
  CHECK(read_file(path).value() == std::string("two\0", 4));
  CHECK(folder.files() == std::vector<std::string>{"file"});
}

TEST_CASE("a file that cannot be written leaves nothing") {
  const Folder folder;
  CHECK_FALSE(write_file(folder.path() / "none/file", "x").ok());
  std::filesystem::create_directories(folder.path() / "taken/x");
  CHECK_FALSE(write_file(folder.path() / "taken", "x").ok());
  CHECK(folder.files().empty());
}

TEST_CASE("reading names what is missing or a folder") {
  const Folder folder;
  const auto missing = read_file(folder.path() / "none");
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().code == Code::kNotFound);
  CHECK(read_file(folder.path()).error().code == Code::kMalformed);
  REQUIRE(write_file(folder.path() / "empty", "").ok());
  CHECK(read_file(folder.path() / "empty").value().empty());
}

TEST_CASE("a new secret is its owner's only and is never overwritten") {
  const Folder folder;
  const std::string path = folder.path() / "key";
  REQUIRE(write_new_secret(path, "one").ok());
  struct stat about {};
  REQUIRE(::stat(path.c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
  const auto again = write_new_secret(path, "two");
  REQUIRE_FALSE(again.ok());
  CHECK(again.error().code == Code::kConflict);
  CHECK(read_secret(path).value() == "one");
}

TEST_CASE("a secret that others can read is refused") {
  const Folder folder;
  const std::string path = folder.path() / "key";
  REQUIRE(write_file(path, "one").ok());
  const auto mode = GENERATE(0640, 0604, 0620);
  REQUIRE(::chmod(path.c_str(), static_cast<mode_t>(mode)) == 0);
  const auto read = read_secret(path);
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().code == Code::kRefused);
}
