#include "server-stub/http/problem.h"

#include <nlohmann/json.hpp>

namespace askus::http {
namespace {

// What a client may do about `busy`; the queue empties in well under this.
constexpr std::string_view kRetryAfterSeconds = "2";
// A commit takes less.
constexpr std::string_view kCommitSeconds = "1";

}  // namespace

Response problem(const ProblemType& type, std::string_view detail,
                 const std::vector<FieldError>& errors, const Members& members) {
  nlohmann::ordered_json json{{"type", "/problems/" + std::string(type.name)},
                              {"title", type.title},
                              {"status", type.status}};
  if (!detail.empty()) json["detail"] = detail;
  for (const FieldError& error : errors)
    json["errors"].push_back({{"field", error.field}, {"text", error.text}});
  for (const auto& [name, value] : members) json[name] = nlohmann::ordered_json::parse(value);
  // Details may quote what a client sent: bytes that are not UTF-8 are replaced.
  Response response =
      text_response(type.status, "application/problem+json",
                    json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  response.problem = type.name;
  response.with("Cache-Control", "no-store");
  if (type.status == problems::kUnauthorized.status) response.with("WWW-Authenticate", "Bearer");
  if (type.status == problems::kBusy.status) response.with("Retry-After", kRetryAfterSeconds);
  if (type.name == problems::kInFlight.name) response.with("Retry-After", kCommitSeconds);
  return response;
}

}  // namespace askus::http
