// Pages as files that any web server can serve.
#pragma once

#include <cstddef>
#include <string>

#include "server-stub/faq/progress.h"
#include "shared/base/result.h"
#include "shared/pages/help_pages.h"

namespace askus::faq {

// What is in the folder, by what an export wrote: only those files are ever taken away again.
inline constexpr const char* kExportManifest = "askus-pages.json";

struct Exported {
  std::size_t written = 0;  // files that are new or changed
  std::size_t kept = 0;     // that were so already
  std::size_t moved = 0;    // old addresses that lead to a page's new one
  std::size_t gone = 0;     // files taken away
};

// Writes every page, for each address of earlier exports that has another now a page that leads
// there, `_redirects` and `redirects.map` for web servers, and takes away what is no more. Who
// reads meanwhile finds each file whole, old or new. The manifest is written first with old and new
// files and last with the new ones: an export that was cut off is finished by the next.
Result<Exported> export_pages(const pages::HelpPages& pages, const std::string& base,
                              const std::string& folder, Progress& progress);

}  // namespace askus::faq
