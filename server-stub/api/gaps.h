// What visitors asked in vain, for who keeps the FAQ: GET /v1/sites/{site}/gaps.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "server-stub/api/app.h"
#include "server-stub/store/gaps.h"

namespace askus::api {

// Different questions of one answer, about 2.5 MB of them. The others are counted as untold.
inline constexpr std::size_t kMostQuestions = 10'000;
// Answers that are being made at once; over it 503.
inline constexpr std::size_t kGapsAtOnce = 4;

// The whole answer; docs/http-api.md has its form. The same text in the same language is one
// question, whether it was searched for or written.
nlohmann::ordered_json gaps_json(const std::string& site, const store::Days& days,
                                 const store::Gaps& gaps);

void add_gap_routes(App& app, http::Router& router);

}  // namespace askus::api
