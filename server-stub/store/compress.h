// Bodies compressed once, when they are stored or loaded.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace askus::store {

// Up to this size Brotli's best quality takes about a second or two; above it quality 9.
inline constexpr std::size_t kBestQualityBytes = 1u << 20;

// What is stored is compressed once, for long; what is made for a reader who waits, quickly: in
// well under a millisecond for a page.
enum class Effort : std::uint8_t { kBest, kQuick };

// Compressed bytes, or empty when the library fails (out of memory).
std::string brotli(std::string_view bytes, Effort effort = Effort::kBest);
std::string gzip(std::string_view bytes, Effort effort = Effort::kBest);

// One file as it is served. `br` and `gz` are null where there is no such variant.
struct Variants {
  std::shared_ptr<const std::string> identity, br, gz;
};

// Keeps a compressed variant only where it saves at least a tenth.
Variants compress(std::string bytes, Effort effort = Effort::kBest);

}  // namespace askus::store
