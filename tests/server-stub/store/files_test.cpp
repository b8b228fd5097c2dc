#include "server-stub/store/files.h"

#include <sys/stat.h>

#include "server-stub/store/compress.h"
#include "tests/catch.h"
#include "tests/server-stub/temp_folder.h"

using namespace askus;
using namespace askus::store;

TEST_CASE("a file is written whole, replaced, and leaves nothing beside it") {
  testing::TempFolder folder;
  const std::string path = folder.file("a/b/file");
  CHECK_FALSE(write_durably(path, "x").ok());
  REQUIRE(make_folder(folder.file("a/b")).ok());
  REQUIRE(make_folder(folder.file("a/b")).ok());
  REQUIRE(write_durably(path, "first", 0600).ok());
  REQUIRE(write_durably(path, std::string("second\0", 7), 0600).ok());
  CHECK(folder.read("a/b/file") == std::string("second\0", 7));
  struct stat about {};
  REQUIRE(::stat(path.c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
  CHECK_FALSE(std::filesystem::exists(path + std::string(kUnfinished)));
}

TEST_CASE("reading is bounded") {
  testing::TempFolder folder;
  const std::string path = folder.write("file", "12345");
  CHECK(*read_file(path, 5) == "12345");
  CHECK(read_file(path, 4).error().code == Code::kTooLarge);
  CHECK(read_file(folder.file("none"), 5).error().code == Code::kNotFound);
  CHECK(read_file(folder.path(), 5).error().code == Code::kNotFound);
}

TEST_CASE("a compressed variant is kept only where it saves") {
  const Variants text = compress(std::string(5'000, 'a'));
  REQUIRE(text.br != nullptr);
  REQUIRE(text.gz != nullptr);
  CHECK(text.br->size() < 500);
  CHECK(text.gz->substr(0, 2) == "\x1F\x8B");
  CHECK(compress("ab").br == nullptr);
  CHECK(compress("").gz == nullptr);
}
