#include "server-stub/http/router.h"

#include <algorithm>

#include "server-stub/http/problem.h"

namespace askus::http {
namespace {

std::string_view take_segment(std::string_view& rest) {
  const std::size_t end = rest.find('/');
  const std::string_view segment = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end);
  return segment;
}

}  // namespace

bool match(std::string_view pattern, std::string_view path, std::vector<std::string>& args) {
  std::vector<std::string> found;
  while (!pattern.empty() && !path.empty() && pattern[0] == '/' && path[0] == '/') {
    pattern.remove_prefix(1);
    path.remove_prefix(1);
    const std::string_view wanted = take_segment(pattern), given = take_segment(path);
    const std::size_t brace = wanted.find('{');
    if (brace == std::string_view::npos) {
      if (wanted != given) return false;
      continue;
    }
    // "{sha256}.faq": a placeholder may be followed by a fixed ending.
    const std::string_view ending = wanted.substr(wanted.find('}') + 1);
    if (given.size() <= ending.size() || !given.ends_with(ending)) return false;
    found.emplace_back(given.substr(0, given.size() - ending.size()));
  }
  if (!pattern.empty() || !path.empty()) return false;
  std::move(found.begin(), found.end(), std::back_inserter(args));
  return true;
}

void Router::add(Route route) {
  const std::size_t brace = route.pattern.find('{');
  route.of_site = brace != std::string::npos && route.pattern.compare(brace, 6, "{site}") == 0;
  routes_.push_back(std::move(route));
}

void Router::set_files(std::function<std::optional<Response>(const Request&)> files) {
  files_ = std::move(files);
}

std::variant<const Route*, Response> Router::find(Request& request) const {
  std::string_view method(request.method);
  if (method == "HEAD") method = "GET";
  std::string allow;
  for (const Route& route : routes_) {
    std::vector<std::string> args;
    if (!match(route.pattern, request.path, args)) continue;
    if (route.method == method) {
      request.args = std::move(args);
      return &route;
    }
    allow += (allow.empty() ? "" : ", ") + (route.method == "GET" ? "GET, HEAD" : route.method);
  }
  if (allow.empty() && files_) {
    if (std::optional<Response> file = files_(request)) {
      if (method == "GET") return std::move(*file);
      allow = "GET, HEAD";
    }
  }
  if (allow.empty()) return problem(problems::kNotFound, "no such path");
  return std::move(problem(problems::kMethodNotAllowed, "allowed: " + allow).with("Allow", allow));
}

}  // namespace askus::http
