// The routes of the router and the paths of docs/openapi.yaml are the same.
#include <fstream>
#include <set>

#include "server-stub/api/watch.h"
#include "tests/server-stub/api/harness.h"

namespace {

using namespace askus;

// "GET /path" of every operation, read by the file's indents: a path at two spaces below `paths:`,
// its methods at four.
std::set<std::string> operations_of(std::istream& yaml) {
  std::set<std::string> operations;
  std::string path;
  bool in_paths = false;
  for (std::string line; std::getline(yaml, line);) {
    if (!line.empty() && line[0] != ' ') in_paths = line == "paths:";
    if (!in_paths || line.empty() || line.back() != ':') continue;
    line.pop_back();
    if (line.starts_with("  /")) path = line.substr(2);
    for (const char* method : {"GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"}) {
      std::string key = "    " + std::string(method);
      for (char& c : key) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
      if (line == key) operations.insert(std::string(method) + " " + path);
    }
  }
  return operations;
}

}  // namespace

TEST_CASE("the interface's description has every route, and no other") {
  testing::Harness h;
  std::set<std::string> routes;
  for (const http::Router& router : {h.app().routes(), api::watch_routes(h.app(), {})})
    for (const http::Route& route : router.routes())
      routes.insert(route.method + " " + route.pattern);
  std::ifstream yaml("docs/openapi.yaml");
  REQUIRE(yaml.good());
  CHECK(routes == operations_of(yaml));
  CHECK(routes.size() > 10);
}
