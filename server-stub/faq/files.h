// Files as the commands need them: whole, atomic, and secret ones with care.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace askus::faq {

// The whole file. kNotFound or kUnavailable name it.
Result<std::string> read_file(const std::string& path);

// Writes so that at any moment either the old file or the whole new one is there, also after a
// power cut: temporary file, fsync, rename, fsync of the folder.
Status write_file(const std::string& path, std::string_view bytes);

// Creates a file that only its owner may read; never overwrites (kConflict).
Status write_new_secret(const std::string& path, std::string_view bytes);

// Reads a file that others than its owner may not read (kRefused when they may).
Result<std::string> read_secret(const std::string& path);

// Makes the folder and those above it.
Status make_folder(const std::string& path);

}  // namespace askus::faq
