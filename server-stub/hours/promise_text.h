// What visitors are told of when they will be answered, as sentences in their language: Ukrainian,
// Russian, and English for any other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server-stub/hours/working_time.h"

namespace askus::hours {

// "We usually answer within 2 hours." `seconds` is what most answers have taken, rounded up here to
// what people say: five minutes, hours, days.
std::string usual_text(std::string_view language, std::int64_t seconds);
// "We answer within 2 hours.", of a promise that nothing has been measured against yet.
std::string promise_text(std::string_view language, std::int64_t seconds);
// "We answer again on Monday at 9:00."; empty while it is open, and when it does not open again.
// Farther off than six days it has the date.
std::string closed_text(std::string_view language, const WorkingTime& working, std::int64_t now);

}  // namespace askus::hours
