// What kind of picture some bytes are and how large, from their header alone: nothing is decoded,
// so that a picture that is small as a file and huge in memory costs nothing here.
#pragma once

#include <cstdint>
#include <string_view>

#include "shared/base/result.h"

namespace askus::picture {

struct Picture {
  std::string_view type;    // image/png, image/jpeg, image/webp or image/gif
  std::string_view ending;  // of a file: png, jpg, webp or gif
  std::uint32_t width = 0, height = 0;
};

// By the content, never by a name. kUnsupported: none of the four kinds. kMalformed: it begins as
// one, but its header breaks the format or ends early. Reads any bytes in bounded time: a header of
// fixed size, for JPEG at most kMostSegments segments.
//
// Sources: PNG (W3C PNG, 11.2.2), JPEG (ITU-T T.81, B.1 and B.2), WebP (RFC 9649), GIF (GIF89a, 17
// and 18). What such a file may hold besides, more frames or another picture inside of its
// metadata, is not looked at.
Result<Picture> read_header(std::string_view bytes);

inline constexpr int kMostSegments = 1'000;

}  // namespace askus::picture
