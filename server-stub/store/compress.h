// Bodies compressed once, when they are stored or loaded.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace askus::store {

// Up to this size Brotli's best quality takes about a second or two; above it quality 9.
inline constexpr std::size_t kBestQualityBytes = 1u << 20;

// Compressed bytes, or empty when the library fails (out of memory).
std::string brotli(std::string_view bytes);
std::string gzip(std::string_view bytes);

// One file as it is served. `br` and `gz` are null where there is no such variant.
struct Variants {
  std::shared_ptr<const std::string> identity, br, gz;
};

// Keeps a compressed variant only where it saves at least a tenth.
Variants compress(std::string bytes);

}  // namespace askus::store
