// Requests and responses as the rest of the server sees them: plain values, no sockets.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server-stub/http/address.h"
#include "server-stub/http/event_stream.h"
#include "shared/base/result.h"

namespace askus::http {

// Header fields in their order. Names compare without regard to case.
class Headers {
 public:
  using Field = std::pair<std::string, std::string>;

  // The one way to set a field; replaces an earlier one of that name. Refuses (kMalformed) a name
  // that is not a token and a value with CR, LF, NUL or another control character but tab.
  Status set(std::string_view name, std::string_view value);

  // The first field of that name, or null.
  const std::string* find(std::string_view name) const;
  // Its value, or "".
  std::string_view get(std::string_view name) const;
  const std::vector<Field>& fields() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

bool same_name(std::string_view a, std::string_view b);

struct Request {
  std::string id;      // X-Request-Id
  Address client;      // who sent it (client_address())
  std::string method;  // upper case
  std::string path;    // percent-decoded, begins with '/'
  std::string query;   // what followed '?', as sent
  Headers headers;
  std::string body;
  std::vector<std::string> args;  // what the route's {placeholders} matched
  bool secure = false;            // came by TLS: to us, or to a trusted proxy that says so
  // Who calls, as the route's `judge` has found out; of whose type only the api knows.
  std::shared_ptr<const void> caller = {};
};

// The value of a parameter of a query string, decoded ('+' is a space); empty when absent.
std::string query_value(std::string_view query, std::string_view name);

// %XX decoded; kMalformed for a broken escape or a control character that is not allowed.
enum class Controls : std::uint8_t { kNone, kAllButNul };
Result<std::string> percent_decode(std::string_view text, Controls allowed = Controls::kNone);

// Shared, immutable bytes, or a part of them.
struct Body {
  std::shared_ptr<const std::string> bytes;
  std::size_t offset = 0, size = 0;

  Body() = default;
  explicit Body(std::string text);
  explicit Body(std::shared_ptr<const std::string> whole);
  std::string_view view() const;
};

struct Response {
  unsigned status = 200;
  Headers headers;
  Body body;
  std::string_view problem = {};  // the name of its ProblemType, for the log and the metrics
  // Not null: the body is what is pushed here, until that ends; the connection closes behind it.
  std::shared_ptr<EventStream> events = {};

  // For values that are known to be clean. A value that Headers::set refuses turns the whole
  // response into a bare 500: it is our own bug, and must not reach the wire.
  Response& with(std::string_view name, std::string_view value);
};

Response text_response(unsigned status, std::string_view type, std::string body);

// Called once, from any thread, with the answer to one request.
using Reply = std::function<void(Response)>;

}  // namespace askus::http
