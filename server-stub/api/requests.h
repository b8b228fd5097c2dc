// What visitors send: POST /v1/sites/{site}/requests.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server-stub/api/app.h"
#include "server-stub/api/gate.h"
#include "shared/request/request.h"

namespace askus::api {

void add_request_routes(App& app, http::Router& router);

// Everything wrong with a request whatever its site, by the rules of shared/request.
std::vector<request::Problem> validate_whole(const request::Request& request);

// A validated request on its way into the store, by whichever door it came.
struct Submission {
  request::Request fields;  // without what is not stored: the identity's text
  std::string payload_hash;
  store::Identity identity;   // as verified
  bool replay_only = false;   // the site would not take it now
  Verdict verdict;            // of judge(), or of the form without JavaScript
  store::Source source = {};  // as verified by a social network
};

// Stores it, or finds its first answer; gives back what the verdict counted when nothing is stored.
// `done` is called once, from any thread; kRefused: replay_only, or the verdict's refusal.
void submit(App& app, const Site& site, const std::shared_ptr<const http::Request>& http_request,
            Submission submission, std::function<void(store::AddResult, Verdict)> done);

// What the site requires beyond the format: a known category and topic, the name or contact and the
// consent that its settings ask for.
std::vector<request::Problem> check_settings(const request::Request& request,
                                             const snapshot::Snapshot& snapshot);

}  // namespace askus::api
