// A language model that a company has configured, and asking it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "server-stub/propose/chat.h"
#include "shared/base/result.h"

namespace askus::propose {

inline constexpr std::chrono::seconds kModelDeadline{30};

// The environment's variable with the model's key, where no file is named.
inline constexpr const char* kKeyVariable = "ASKUS_MODEL_KEY";

struct Model {
  std::string url;   // https://host/v1, before /chat/completions; http to this machine only
  std::string name;  // as the endpoint calls it
  std::string key;   // sent as Authorization: Bearer; empty: none
};

// One exchange; blocks until the deadline at most. kUnavailable: the endpoint cannot be reached,
// does not answer in time, or says that it is overloaded (429, 5xx); kRefused: it refuses (other
// statuses); kMalformed: its answer is not understood. No error's text holds the key.
Result<std::vector<std::string>> propose(const Model& model, const Subject& subject,
                                         std::size_t wanted,
                                         std::chrono::milliseconds deadline = kModelDeadline);

}  // namespace askus::propose
