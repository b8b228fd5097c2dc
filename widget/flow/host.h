// What the flow needs of its surroundings; the browser's side is widget/wasm.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

namespace askus::flow {

struct Host {
  double (*now)() = nullptr;                                   // Unix milliseconds
  void (*random)(std::uint8_t* bytes, std::size_t) = nullptr;  // cryptographic
};

// A block of malloc's memory: refused allocation is null, not an abort.
struct Free {
  void operator()(std::uint8_t* bytes) const { std::free(bytes); }
};
struct Bytes {
  std::unique_ptr<std::uint8_t, Free> data;
  std::size_t size = 0;
};

}  // namespace askus::flow
