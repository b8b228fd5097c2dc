// Judges the raw header block of a request before Beast parses it: what Beast would let pass and
// two servers could read differently (request smuggling) is refused here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server-stub/http/limits.h"

namespace askus::http {

// What is wrong with a header block (request line to the empty line, both included), or nothing:
// control characters, a target that is not printable ASCII beginning with '/', bare CR or LF,
// obs-fold, no or a second Host, a second Content-Length, Content-Length with Transfer-Encoding, a
// transfer coding other than one "chunked" or in HTTP/1.0, more fields than the limit.
std::optional<std::string> check_header(std::string_view block, const Limits& limits);

}  // namespace askus::http
