// The layers against abuse, each with its switch and its numbers (docs/security.md).
#pragma once

#include <chrono>

#include "server-stub/limit/rates.h"

namespace askus::config {

// A form that is filled in faster than this was hardly filled in by a person: it costs work. Longer
// makes quick typists' browsers work for a moment.
inline constexpr std::chrono::milliseconds kQuickForm{2'000};
// A form token is good for so long after it was issued. Longer keeps spent ones for longer.
inline constexpr std::chrono::milliseconds kFormLifetime = std::chrono::hours(24);
// Without JavaScript there is no work: the form must have been open for this long instead.
inline constexpr std::chrono::milliseconds kFormWait{15'000};

struct Abuse {
  bool fetch_metadata = true;  // Sec-Fetch-Site
  bool hidden_origin = true;   // `Origin: null` may send, and pays with work; needs work
  bool form_token = true;
  bool work = true;      // needs form_token
  bool honeypot = true;  // of the form without JavaScript
  std::chrono::milliseconds quick_form = kQuickForm, form_lifetime = kFormLifetime,
                            form_wait = kFormWait;
  limit::Rates rates;  // rates.on: "rate_limit"
};

}  // namespace askus::config
