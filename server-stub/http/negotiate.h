// The three questions a client asks about a file: which coding, is mine still good, which part.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace askus::http {

enum class Coding : std::uint8_t { kIdentity, kGzip, kBrotli };

// The coding that Accept-Encoding (RFC 9110, 12.5.3) likes best among those there are; at equal
// weights br before gzip before identity. What nobody accepts is sent as it is.
Coding choose_coding(std::string_view accept_encoding, bool has_br, bool has_gzip);

// Whether If-None-Match names the entity tag (weak comparison; `etag` with its quotes).
bool etag_matches(std::string_view if_none_match, std::string_view etag);

// A part of a file.
struct Part {
  std::size_t offset = 0, size = 0;
  bool operator==(const Part&) const = default;
};

enum class RangeKind : std::uint8_t {
  kWhole,          // no range, or one that is ignored: several parts, another unit, malformed
  kPart,           // `part` is to be sent with 206
  kUnsatisfiable,  // 416
};
struct RangeChoice {
  RangeKind kind = RangeKind::kWhole;
  Part part;
};
RangeChoice choose_range(std::string_view range, std::size_t size);

}  // namespace askus::http
