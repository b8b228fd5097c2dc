#include "server-stub/picture/picture.h"

#include <vector>

#include "tests/catch.h"

namespace {

using namespace askus;
using namespace std::string_literals;
using picture::read_header;

std::string png(const std::string& size) {
  return "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR"s + size + "\x08\x06\0\0\0"s;
}

std::string webp(const std::string& kind, const std::string& data) {
  return "RIFF\0\0\0\0WEBP"s + kind + "\0\0\0\0"s + data;
}

// 640 x 480 of each kind and form.
const std::string kPng = png("\0\0\x02\x80\0\0\x01\xE0"s);
const std::string kGif = "GIF89a\x80\x02\xE0\x01\xF7\0\0"s;
const std::string kApp0 = "\xFF\xE0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"s;
const std::string kFrame = "\0\x11\x08\x01\xE0\x02\x80\3\1\x22\0\2\x11\1\3\x11\1"s;
const std::string kJpeg = "\xFF\xD8"s + kApp0 + "\xFF\xC0" + kFrame;
const std::string kLossy = webp("VP8 ", "\x10\0\0\x9D\x01\x2A\x80\x02\xE0\x01"s);
// (640 - 1) | (480 - 1) << 14
const std::string kLossless = webp("VP8L", "\x2F\x7F\xC2\x77\0"s);
const std::string kExtended = webp("VP8X", "\x10\0\0\0\x7F\x02\0\xDF\x01\0"s);

}  // namespace

TEST_CASE("type and size are read from the header of each kind") {
  struct Case {
    std::string bytes;
    std::string_view type, ending;
  };
  const Case cases[] = {
      {kPng, "image/png", "png"},
      {kGif, "image/gif", "gif"},
      {"GIF87a" + kGif.substr(6), "image/gif", "gif"},
      {kJpeg, "image/jpeg", "jpg"},
      {"\xFF\xD8\xFF\xC2" + kFrame, "image/jpeg", "jpg"},  // progressive
      // Tables before the frame, and a marker that is filled up.
      {"\xFF\xD8\xFF\xDB\0\x04\1\2\xFF\xFF\xFF\xC4\0\x03\1\xFF\xC1"s + kFrame, "image/jpeg", "jpg"},
      {kLossy, "image/webp", "webp"},
      {kLossless, "image/webp", "webp"},
      {kExtended, "image/webp", "webp"},
      {kPng + std::string(100'000, 'x'), "image/png", "png"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.type, c.bytes.size());
    const auto found = read_header(c.bytes);
    REQUIRE(found.ok());
    CHECK(found->type == c.type);
    CHECK(found->ending == c.ending);
    CHECK(found->width == 640);
    CHECK(found->height == 480);
  }
}

TEST_CASE("the largest sizes are told as they are") {
  CHECK(read_header(png("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"))->width == 0xFFFF'FFFF);
  CHECK(read_header("GIF89a\xFF\xFF\xFF\xFF")->height == 0xFFFF);
  CHECK(read_header(webp("VP8X", "\0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF"s))->width == 1u << 24);
}

TEST_CASE("what is none of the four is told") {
  const std::string cases[] = {"",
                               "GIF",
                               "GIF88a\1\0\1\0"s,
                               "\x89PNG",
                               "BM\x36\0\0\0"s,
                               "RIFF\0\0\0\0WAVEfmt "s,
                               "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                               "<script>alert(1)</script>",
                               "%PDF-1.7",
                               "\0\0\0\x1C"
                               "ftypavif"s,
                               " " + kPng};
  for (const std::string& bytes : cases) {
    CAPTURE(bytes);
    const auto found = read_header(bytes);
    REQUIRE_FALSE(found.ok());
    CHECK(found.error().code == Code::kUnsupported);
  }
}

TEST_CASE("a broken header is told") {
  struct Case {
    const char* what;
    std::string bytes;
  };
  const Case cases[] = {
      {"PNG without its first chunk", kPng.substr(0, 8) + "\0\0\0\x0DIDAT"s + kPng.substr(16)},
      {"PNG of another length", kPng.substr(0, 11) + "\x0C" + kPng.substr(12)},
      {"PNG without a width", png("\0\0\0\0\0\0\0\1"s)},
      {"PNG without a height", png("\0\0\0\1\0\0\0\0"s)},
      {"GIF without a height", "GIF89a\1\0\0\0"s},
      {"JPEG whose height comes later", "\xFF\xD8\xFF\xC0\0\x11\x08\0\0\x02\x80\3"s},
      {"JPEG of a segment too short", "\xFF\xD8\xFF\xE0\0\1\xFF\xC0"s + kFrame},
      {"JPEG without a marker", "\xFF\xD8"s + kApp0 + "xx"},
      {"JPEG whose scan begins at once", "\xFF\xD8\xFF\xDA"s + kFrame},
      {"JPEG that ends at once", "\xFF\xD8\xFF\xD9"s + kFrame},
      {"JPEG of nothing but filling", "\xFF\xD8" + std::string(100'000, '\xFF')},
      {"WebP of an unknown form", webp("VP9 ", std::string(20, '\1'))},
      {"WebP, lossy, not a key frame", kLossy.substr(0, 20) + "\x11" + kLossy.substr(21)},
      {"WebP, lossy, without its start code", kLossy.substr(0, 23) + "\x9C" + kLossy.substr(24)},
      {"WebP, lossless, without its mark", kLossless.substr(0, 20) + "\x2E" + kLossless.substr(21)},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    const auto found = read_header(c.bytes);
    REQUIRE_FALSE(found.ok());
    CHECK(found.error().code == Code::kMalformed);
  }
}

TEST_CASE("a header that ends early is never read past its end") {
  for (const std::string& whole :
       {kPng.substr(0, 24), kGif.substr(0, 10), kJpeg.substr(0, kJpeg.size() - 10), kLossy,
        kLossless, kExtended})
    for (std::size_t size = 0; size < whole.size(); ++size) {
      CAPTURE(size, whole.substr(0, 4));
      // A copy of just that size, so that reading on is seen by the sanitizer.
      const std::vector<char> part(whole.begin(),
                                   whole.begin() + static_cast<std::ptrdiff_t>(size));
      CHECK_FALSE(read_header({part.data(), part.size()}).ok());
    }
}

TEST_CASE("no more segments are walked than are allowed") {
  const auto with = [](int segments) {
    std::string bytes = "\xFF\xD8";
    for (int i = 0; i < segments; ++i) bytes += "\xFF\xE1\0\2"s;
    return bytes + "\xFF\xC0" + kFrame;
  };
  CHECK(read_header(with(picture::kMostSegments - 1)).ok());
  CHECK_FALSE(read_header(with(picture::kMostSegments)).ok());
}
