// Whole files, written so that a crash leaves the old or the new one, never a part.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace askus::store {

// kNotFound; kTooLarge over `limit` bytes; kUnavailable for what else the system refuses.
Result<std::string> read_file(const std::string& path, std::size_t limit);

// Writes beside it, syncs, renames, syncs the folder. `mode`: the new file's permissions.
// kUnavailable when there is no space, else kInternal; the old file is then still there.
Status write_durably(const std::string& path, std::string_view bytes, unsigned mode = 0644);

// Creates the folder and those above it, for the owner alone (visitors' contacts lie in them), and
// syncs the ones it added to.
Status make_folder(const std::string& path);

// What write_durably leaves behind after a crash ends so.
inline constexpr std::string_view kUnfinished = ".unfinished";

}  // namespace askus::store
