// The files of the `web` folder (what web/build.mjs makes) and of the demo's site, all in memory:
// a path is looked up in a map, so that no path can name anything else.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "server-stub/http/file.h"
#include "shared/base/result.h"

namespace askus::api {

inline constexpr std::size_t kMaxWebFile = 32u << 20;
inline constexpr std::size_t kMaxWebBytes = 256u << 20;  // of all files together

// The type by the file's ending; application/octet-stream for what is not known.
std::string_view media_type(std::string_view path);

using FileMap = std::map<std::string, http::File, std::less<>>;

// ask.js, ask-more.js and assets/ of the web folder.
Result<FileMap> load_web(const std::string& folder);
// Every file of a folder, index.html also by its folder's path.
Result<FileMap> load_site(const std::string& folder);

}  // namespace askus::api
