// A Response as the message that Beast serialises.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/span_body.hpp>

#include "server-stub/http/message.h"

namespace askus::http {

using OutBody = boost::beast::http::span_body<const char>;
using OutMessage = boost::beast::http::response<OutBody>;

// Adds what every answer carries: nosniff, no referrer, Date, the request's id, its length. The
// message borrows the response's body.
OutMessage out_message(const Response& response, const Request& request, bool keep_alive);

}  // namespace askus::http
