// Queries that no visitor types.
#pragma once

#include <iterator>
#include <random>
#include <string>
#include <string_view>

namespace askus::testing {

// Half of it pieces of what queries are made of, half of it anything.
inline std::string random_bytes(std::mt19937& random) {
  static constexpr std::string_view kPieces[] = {
      "інтернет", "wi-fi",    "pfgkfnbnb", " ",   "-",  "'",    "300₴", "?",         "\u0301",
      "\xD0",     "\xF0\x9F", "oplata",    "не ", "\n", "日本", "a",    "телевізор", "роу"};
  std::string out;
  for (auto n = random() % 80; n > 0; --n) {
    if (random() % 2 == 0)
      out += static_cast<char>(random());
    else
      out += kPieces[random() % std::size(kPieces)];
  }
  return out;
}

inline std::string times(std::string_view text, int count) {
  std::string out;
  for (; count > 0; --count) out += text;
  return out;
}

}  // namespace askus::testing
