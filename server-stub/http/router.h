// A table of routes: method and pattern -> handler.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server-stub/http/message.h"
#include "server-stub/http/slots.h"

namespace askus::http {

// Answers by calling Reply once, now or later, from any thread. Must not block.
using Handler = std::function<void(std::shared_ptr<const Request>, Reply)>;
// Looks at the header before any of the body is read; an answer refuses the request.
using Admit = std::function<std::optional<Response>(const Request&)>;

// Like Admit, for what has to be looked up: answers once, later, from any thread, and may say who
// calls by setting the request's `caller`. The body is not read before.
using Verdict = std::function<void(std::optional<Response>)>;
using Judge = std::function<void(const std::shared_ptr<Request>&, Verdict)>;

struct Route {
  std::string method;
  std::string pattern;  // "/v1/sites/{site}/requests"; {name} matches one non-empty segment
  std::size_t body_limit = 0;
  Admit admit;  // may be empty
  Handler handle;
  // Each request holds one from its header to the end of its answer; 503 busy when none is left.
  std::shared_ptr<Slots> slots = nullptr;
  bool of_site = false;  // the first placeholder is {site}; add() sets it
  Judge judge = {};      // asked when `admit` has let it through; may be empty
};

class Router {
 public:
  void add(Route route);
  const std::vector<Route>& routes() const { return routes_; }
  // GET and HEAD of every path that no route's pattern matches. Gives nothing for unknown paths.
  void set_files(std::function<std::optional<Response>(const Request&)> files);

  // The route of a request, whose `args` it fills; or the answer itself: a file, 404, or 405 with
  // Allow. HEAD is routed as GET. Routes are tried in the order they were added.
  std::variant<const Route*, Response> find(Request& request) const;

 private:
  std::vector<Route> routes_;
  std::function<std::optional<Response>(const Request&)> files_;
};

// Whether `path` fits `pattern`; the placeholders' values are appended to `args`.
bool match(std::string_view pattern, std::string_view path, std::vector<std::string>& args);

}  // namespace askus::http
