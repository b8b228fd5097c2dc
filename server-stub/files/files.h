// Whole files, written so that a crash leaves the old or the new one, never a part. Of the server
// and of askus-faq.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace askus::files {

inline constexpr mode_t kForAll = 0644, kForOwner = 0600;
inline constexpr mode_t kFolderForAll = 0755, kFolderForOwner = 0700;

// kNotFound (also for what is no regular file); kTooLarge over `limit` bytes; kUnavailable for what
// else the system refuses.
Result<std::string> read_file(const std::string& path, std::size_t limit);

// Writes beside it, syncs, renames, syncs the folder. `mode`: the new file's permissions.
// kUnavailable when there is no space, kNotFound without the folder, else kInternal; the old file
// is then still there.
Status write_durably(const std::string& path, std::string_view bytes, mode_t mode = kForAll);

// The same without syncing, for many files that can be made again: who reads meanwhile finds the
// old or the new one, but after a power cut any part of it may be there.
Status write_quickly(const std::string& path, std::string_view bytes, mode_t mode = kForAll);

// Creates a file that is not there yet and syncs it and the folder. kConflict: it is there, and is
// left as it is; else as write_durably.
Status write_new(const std::string& path, std::string_view bytes, mode_t mode);

// Creates the folder and those above it, and syncs the ones it added to.
Status make_folder(const std::string& path, mode_t mode);

// What write_durably leaves behind after a crash ends so.
inline constexpr std::string_view kUnfinished = ".unfinished";

}  // namespace askus::files
