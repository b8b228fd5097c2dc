#include "server-stub/api/answers.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server-stub/http/problem.h"

namespace askus::api {

using http::problem;
namespace problems = http::problems;

http::Response json_response(unsigned status, std::string body) {
  return std::move(http::text_response(status, "application/json", std::move(body))
                       .with("Cache-Control", "no-store"));
}

http::Response json_response(unsigned status, const nlohmann::json& body) {
  return json_response(status, body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

nlohmann::json lines_json(std::string_view lines) {
  nlohmann::json list = nlohmann::json::array();
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    if (end > 0) list.push_back(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return list;
}

http::Response no_content() {
  http::Response done;
  done.status = 204;
  return std::move(done.with("Cache-Control", "no-store"));
}

http::Response invalid_request(const std::vector<request::Problem>& wrong) {
  std::vector<http::FieldError> errors;
  errors.reserve(wrong.size());
  for (const request::Problem& one : wrong) errors.push_back({std::string(one.field), one.text});
  return problem(problems::kInvalidRequest, "nothing was stored", errors);
}

http::Response failure_of(App& app, const std::string& log_id, store::Outcome outcome,
                          const std::string& text) {
  const auto log = [&](std::string_view event) {
    app.log.event(event, {{"id", log_id}, {"reason", text}});
  };
  switch (outcome) {
    case store::Outcome::kKeyReused:
      return problem(problems::kKeyReused, "the first request under this key is kept as it was");
    case store::Outcome::kInFlight:
      return problem(problems::kInFlight,
                     "the same request is being stored; ask again for the answer");
    case store::Outcome::kErased:
      return problem(problems::kErased, "nothing of it is kept but its number");
    case store::Outcome::kMissing:
      return problem(problems::kNotFound, "no such request");
    case store::Outcome::kUnknown:
      log("store-unconfirmed");
      return problem(problems::kUnconfirmed, "it may be stored; the same again will tell");
    case store::Outcome::kBusy:
      log("store-busy");
      return problem(problems::kBusy, "not stored; send the same again");
    case store::Outcome::kFull:
      log("storage-full");
      return problem(problems::kStorageFull, "not stored; send the same again later");
    case store::Outcome::kRefused:  // these are answered by the caller
    case store::Outcome::kMarkSpent:
    case store::Outcome::kStored:
    case store::Outcome::kReplayed:
    case store::Outcome::kFailed:
      break;
  }
  log("store-failed");
  return problem(problems::kInternal, "not stored; send the same again later");
}

}  // namespace askus::api
