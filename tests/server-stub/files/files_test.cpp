#include "server-stub/files/files.h"

#include <sys/stat.h>

#include "tests/catch.h"
#include "tests/server-stub/temp_folder.h"

using namespace askus;
using namespace askus::files;

namespace {

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    names.push_back(entry.path().filename());
  return names;
}

mode_t mode_of(const std::string& path) {
  struct stat about {};
  REQUIRE(::stat(path.c_str(), &about) == 0);
  return about.st_mode & 0777;
}

}  // namespace

TEST_CASE("a file is written whole, replaced, and leaves nothing beside it") {
  testing::TempFolder folder;
  const std::string path = folder.file("a/b/file");
  REQUIRE_FALSE(write_durably(path, "x").ok());
  CHECK(write_durably(path, "x").error().code == Code::kNotFound);
  REQUIRE(make_folder(folder.file("a/b/"), kFolderForOwner).ok());
  REQUIRE(make_folder(folder.file("a/b"), kFolderForOwner).ok());
  CHECK(mode_of(folder.file("a")) == kFolderForOwner);
  REQUIRE(write_durably(path, "first", kForOwner).ok());
  REQUIRE(write_durably(path, std::string("second\0", 7), kForOwner).ok());
  CHECK(folder.read("a/b/file") == std::string("second\0", 7));
  CHECK(mode_of(path) == kForOwner);
  CHECK(names_in(folder.file("a/b")) == std::vector<std::string>{"file"});
}

TEST_CASE("a file that cannot be put in its place leaves nothing") {
  testing::TempFolder folder;
  REQUIRE(make_folder(folder.file("taken/x"), kFolderForOwner).ok());
  CHECK_FALSE(write_durably(folder.file("taken"), "x").ok());
  CHECK(names_in(folder.path()) == std::vector<std::string>{"taken"});
}

TEST_CASE("a new file is never written over another") {
  testing::TempFolder folder;
  const std::string path = folder.file("file");
  REQUIRE(write_new(path, "one", kForOwner).ok());
  CHECK(mode_of(path) == kForOwner);
  const Status again = write_new(path, "two", kForOwner);
  REQUIRE_FALSE(again.ok());
  CHECK(again.error().code == Code::kConflict);
  CHECK(folder.read("file") == "one");
}

TEST_CASE("reading is bounded") {
  testing::TempFolder folder;
  const std::string path = folder.write("file", "12345");
  CHECK(*read_file(path, 5) == "12345");
  CHECK(read_file(path, 4).error().code == Code::kTooLarge);
  CHECK(read_file(folder.file("none"), 5).error().code == Code::kNotFound);
  CHECK(read_file(folder.path(), 5).error().code == Code::kNotFound);
}
