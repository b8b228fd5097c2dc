// A request's header block as a Request: our own checks first, then Beast's parser. No socket.
#pragma once

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <string>
#include <string_view>

#include "server-stub/http/limits.h"
#include "server-stub/http/message.h"
#include "shared/base/result.h"

namespace askus::http {

using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

struct Head {
  std::size_t size = 0;       // bytes that the parser has taken
  std::string forwarded_for;  // every X-Forwarded-For, in order, joined by commas
};

// Fills the request but for its body, id, args and client. `block`: from the request line to the
// empty line; `parser`: a new one, which is ready for the body afterwards. kMalformed: 400.
Result<Head> parse_head(std::string_view block, const Limits& limits, Parser& parser,
                        Request& request);

}  // namespace askus::http
