// What the senders of VK and Facebook share: one part of a reply, a call, and what was answered.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server-stub/out/verdict.h"
#include "server-stub/publish/http_client.h"
#include "server-stub/store/store.h"

namespace askus::out {

// One part of a reply on its way to where it was asked.
struct Part {
  std::string place;  // of the row: where it goes
  store::Source source;
  std::string reply;      // its id
  std::int64_t part = 0;  // counts from 0
  std::string text;
};

// A form of names and values as a body, in their order.
using FormFields = std::vector<std::pair<std::string, std::string>>;
std::string form_body(const FormFields& fields);

// A call with such a form.
publish::Exchange form_call(std::string url, const FormFields& fields);

// A number for one part of a reply, the same at every try: from 1 to 2^31 - 1.
std::int64_t part_number(const Part& part);
// The same as a text of 32 hex digits.
std::string part_key(const Part& part);

// What a platform's error means.
struct KnownError {
  std::int64_t code;
  Verdict::Kind kind;
  std::string_view word;
  std::chrono::milliseconds after;
  bool holds_all;  // of the channel, not of this reply alone
};
// The table's verdict on the code, with what the platform said; nothing: it is not in the table.
std::optional<Verdict> verdict_of_error(std::span<const KnownError> known, std::int64_t code,
                                        const std::string& said);

// What a status says where nothing else does: 429 and 5xx may pass, others do not.
Verdict verdict_of_status(unsigned status, std::string_view retry_after, std::int64_t now);

}  // namespace askus::out
