// Files as the commands read them, and secret ones; what is written is server-stub/files's.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace askus::faq {

// The whole file, of any size; also a pipe. kNotFound or kUnavailable name it.
Result<std::string> read_file(const std::string& path);

// Creates a file that only its owner may read; never overwrites (kConflict).
Status write_new_secret(const std::string& path, std::string_view bytes);

// Reads a file that others than its owner may not read (kRefused when they may).
Result<std::string> read_secret(const std::string& path);

}  // namespace askus::faq
