#include "server-stub/faq/files.h"

#include <sys/stat.h>

#include "tests/catch.h"
#include "tests/server-stub/faq/program.h"

using namespace askus::faq;
using askus::Code;

TEST_CASE("reading names what is missing or a folder") {
  const Folder folder;
  const auto missing = read_file(folder.path() / "none");
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().code == Code::kNotFound);
  CHECK(read_file(folder.path()).error().code == Code::kMalformed);
  folder.write("empty", "");
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
  CHECK(again.error().text.find("what it signed") != std::string::npos);
  CHECK(read_secret(path).value() == "one");
}

TEST_CASE("a secret that others can read is refused") {
  const Folder folder;
  const std::string path = folder.path() / "key";
  folder.write("key", "one");
  const auto mode = GENERATE(0640, 0604, 0620);
  REQUIRE(::chmod(path.c_str(), static_cast<mode_t>(mode)) == 0);
  const auto read = read_secret(path);
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().code == Code::kRefused);
}
