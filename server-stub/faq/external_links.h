// The addresses of other sites in a FAQ, asked for as a visitor's browser would.
#pragma once

#include <chrono>
#include <vector>

#include "server-stub/faq/progress.h"
#include "shared/faq/check.h"

namespace askus::faq {

inline constexpr std::chrono::seconds kLinkDeadline{15};
inline constexpr std::size_t kLinksAtOnce = 6;  // as a browser asks one host
inline constexpr int kMostRedirects = 10;

// A warning `dead-link` wherever an address leads nowhere: its host does not exist or does not
// answer, its certificate is not valid, the page is gone (404, 410) or the server fails (5xx but
// 503). What a server may refuse to programs only (401, 403, 429, 503, ...) is taken for alive.
// Each address is asked once, whatever is behind its #, and of a page no more is read than its
// header. Waits for all; `deadline` is one's. Certificates are checked against the system's
// authorities (SSL_CERT_FILE is respected).
std::vector<Finding> dead_links(const Checked& checked, std::chrono::milliseconds deadline,
                                Progress& progress);

}  // namespace askus::faq
