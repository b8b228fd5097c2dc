// How large a FAQ may be: one block for the compiler, the reader and the documents.
#pragma once

#include <cstddef>
#include <cstdint>

namespace askus::snapshot {

inline constexpr std::uint16_t kFormat = 1;

inline constexpr std::size_t kMaxSnapshotBytes = 64u << 20;
inline constexpr std::uint32_t kMaxDepth = 8;         // of FlatBuffers tables
inline constexpr std::uint32_t kMaxTables = 200'000;  // of FlatBuffers tables
// Of those, what topics, versions and comments may take; the rest is for the settings' texts.
inline constexpr std::size_t kMaxContentTables = 190'000;
inline constexpr std::size_t kMaxTopics = 60'000;
inline constexpr std::size_t kMaxLanguages = 16;
inline constexpr std::size_t kMaxCategories = 200;
inline constexpr std::size_t kMaxMostAsked = 12;
inline constexpr std::size_t kMaxConcepts = 4'095;

// Text lengths in bytes of UTF-8.
inline constexpr std::size_t kMaxId = 100;
inline constexpr std::size_t kMaxTitle = 600;
inline constexpr std::size_t kMaxPhrasing = 600;
inline constexpr std::size_t kMaxPhrasings = 100;  // a version
inline constexpr std::size_t kMaxAnswer = 100'000;
inline constexpr std::size_t kMaxComment = 8'000;
inline constexpr std::size_t kMaxComments = 100;  // a version
inline constexpr std::size_t kMaxTag = 100;
inline constexpr std::size_t kMaxTags = 50;     // a version
inline constexpr std::size_t kMaxPerson = 200;  // author, role
inline constexpr std::size_t kMaxUrl = 2'000;
inline constexpr std::size_t kMaxSettingText = 2'000;

}  // namespace askus::snapshot
