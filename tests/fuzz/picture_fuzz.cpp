// Any bytes as a picture: refused with a reason, or a kind with a size.
#include <cstdint>
#include <string_view>

#include "server-stub/picture/picture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto picture = askus::picture::read_header({reinterpret_cast<const char*>(data), size});
  if (!picture) {
    if (picture.error().text.empty()) __builtin_trap();
    return 0;
  }
  if (picture->width == 0 || picture->height == 0 || picture->type.empty()) __builtin_trap();
  return 0;
}
