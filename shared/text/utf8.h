// UTF-8 as the Unicode Standard defines it (table 3-7): no surrogates, no overlong forms.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace askus::text {

inline constexpr char32_t kReplacement = 0xFFFD;

// Whether every byte belongs to a well-formed sequence.
bool is_utf8(std::string_view bytes);

// The code point at `pos` (which must be < bytes.size()), moving `pos` behind it. An ill-formed
// sequence gives kReplacement and moves by one byte, so that any bytes can be walked.
char32_t next(std::string_view bytes, std::size_t& pos);

// Writes the UTF-8 form (1 to 4 bytes) to `out`; returns its length.
std::size_t put(char32_t code, char* out);

// The longest prefix of at most `size` bytes that cuts no sequence in two.
std::string_view clip(std::string_view bytes, std::size_t size);

}  // namespace askus::text
