#include "server-stub/picture/picture.h"

#include <optional>

namespace askus::picture {
namespace {

// Reads numbers at places of the bytes; past the end everything is 0 and ok() is false.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}

  std::uint32_t big(std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value << 8 | byte(at + i);
    return value;
  }
  std::uint32_t little(std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = count; i-- > 0;) value = value << 8 | byte(at + i);
    return value;
  }
  bool is(std::size_t at, std::string_view wanted) const {
    return at <= bytes_.size() && bytes_.substr(at, wanted.size()) == wanted;
  }
  bool ok() const { return ok_; }

 private:
  std::uint32_t byte(std::size_t at) {
    ok_ = ok_ && at < bytes_.size();
    return ok_ ? static_cast<unsigned char>(bytes_[at]) : 0;
  }

  std::string_view bytes_;
  bool ok_ = true;
};

struct Size {
  std::uint32_t width = 0, height = 0;
};

std::optional<Size> png_size(Bytes& bytes) {
  constexpr std::uint32_t kHeaderLength = 13;
  if (bytes.big(8, 4) != kHeaderLength || !bytes.is(12, "IHDR")) return std::nullopt;
  return Size{bytes.big(16, 4), bytes.big(20, 4)};
}

std::optional<Size> gif_size(Bytes& bytes) {
  return Size{bytes.little(6, 2), bytes.little(8, 2)};
}

// A marker that begins a frame: SOF0 to SOF15 without DHT, JPG and DAC, which lie among them.
bool begins_frame(std::uint32_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

std::optional<Size> jpeg_size(Bytes& bytes) {
  constexpr std::uint32_t kFill = 0xFF, kScan = 0xDA, kEnd = 0xD9;
  std::size_t at = 2;
  for (int segment = 0; segment < kMostSegments && bytes.ok(); ++segment) {
    if (bytes.big(at, 1) != kFill) return std::nullopt;
    const std::uint32_t marker = bytes.big(at + 1, 1);
    if (marker == kFill) {  // a marker may be filled up with any number of these
      ++at;
      continue;
    }
    if (marker == kScan || marker == kEnd) return std::nullopt;  // without a frame before it
    const std::uint32_t length = bytes.big(at + 2, 2);
    if (length < 2) return std::nullopt;
    if (begins_frame(marker)) return Size{bytes.big(at + 7, 2), bytes.big(at + 5, 2)};
    at += 2 + length;
  }
  return std::nullopt;
}

// The three forms of a WebP file: with features, lossy, lossless.
std::optional<Size> webp_size(Bytes& bytes) {
  constexpr std::uint32_t k14Bits = 0x3FFF, kLosslessMark = 0x2F;
  if (bytes.is(12, "VP8X")) return Size{bytes.little(24, 3) + 1, bytes.little(27, 3) + 1};
  if (bytes.is(12, "VP8 ")) {
    // Of a key frame, which alone carries the size: the lowest bit is 0, the start code follows.
    if ((bytes.little(20, 1) & 1) != 0 || !bytes.is(23, "\x9D\x01\x2A")) return std::nullopt;
    return Size{bytes.little(26, 2) & k14Bits, bytes.little(28, 2) & k14Bits};
  }
  if (bytes.is(12, "VP8L") && bytes.little(20, 1) == kLosslessMark) {
    const std::uint32_t packed = bytes.little(21, 4);
    return Size{(packed & k14Bits) + 1, (packed >> 14 & k14Bits) + 1};
  }
  return std::nullopt;
}

struct Kind {
  std::string_view type, ending;
  std::optional<Size> (*size)(Bytes&);
};

std::optional<Kind> kind_of(const Bytes& bytes) {
  if (bytes.is(0, "\x89PNG\r\n\x1A\n")) return Kind{"image/png", "png", png_size};
  if (bytes.is(0, "\xFF\xD8\xFF")) return Kind{"image/jpeg", "jpg", jpeg_size};
  if (bytes.is(0, "GIF87a") || bytes.is(0, "GIF89a")) return Kind{"image/gif", "gif", gif_size};
  if (bytes.is(0, "RIFF") && bytes.is(8, "WEBP")) return Kind{"image/webp", "webp", webp_size};
  return std::nullopt;
}

}  // namespace

Result<Picture> read_header(std::string_view all) {
  Bytes bytes(all);
  const std::optional<Kind> kind = kind_of(bytes);
  if (!kind) return Error{Code::kUnsupported, "is not a PNG, JPEG, WebP or GIF picture"};
  const std::optional<Size> size = kind->size(bytes);
  if (!size || !bytes.ok() || size->width == 0 || size->height == 0)
    return Error{Code::kMalformed,
                 "begins as " + std::string(kind->type) + ", but its header is broken"};
  return Picture{kind->type, kind->ending, size->width, size->height};
}

}  // namespace askus::picture
