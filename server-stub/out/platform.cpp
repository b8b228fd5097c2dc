#include "server-stub/out/platform.h"

#include "server-stub/out/retry.h"
#include "server-stub/publish/signature.h"
#include "server-stub/social/text.h"

namespace askus::out {
namespace {

constexpr std::size_t kKeyDigits = 32;

}  // namespace

std::string form_body(const FormFields& fields) {
  std::string body;
  for (const auto& [name, value] : fields) {
    if (!body.empty()) body += '&';
    body += name + "=" + social::percent_encode(value);
  }
  return body;
}

publish::Exchange form_call(std::string url, const FormFields& fields) {
  publish::Exchange call;
  call.method = "POST";
  call.url = std::move(url);
  call.content_type = "application/x-www-form-urlencoded";
  call.body = form_body(fields);
  return call;
}

std::string part_key(const Part& part) {
  return publish::sha256_hex(part.reply + "\n" + std::to_string(part.part)).substr(0, kKeyDigits);
}

std::int64_t part_number(const Part& part) {
  constexpr int kHex = 16;
  constexpr std::size_t kDigits = 8;
  const auto bits = std::stoull(part_key(part).substr(0, kDigits), nullptr, kHex);
  const auto number = static_cast<std::int64_t>(bits & 0x7FFF'FFFFU);
  return number == 0 ? 1 : number;
}

Verdict verdict_of_status(unsigned status, std::string_view after, std::int64_t now) {
  const std::string said = "HTTP " + std::to_string(status);
  constexpr unsigned kTooMany = 429, kTimeout = 408, kServers = 500;
  if (status == kTooMany) {
    Verdict verdict = again("busy", said, retry_after(after, now));
    verdict.holds_all = true;
    return verdict;
  }
  if (status >= kServers || status == kTimeout)
    return again("unreachable", said, retry_after(after, now));
  return never("refused", said);
}

std::optional<Verdict> verdict_of_error(std::span<const KnownError> known, std::int64_t code,
                                        const std::string& said) {
  for (const KnownError& one : known)
    if (one.code == code)
      return Verdict{one.kind, reason_of(one.word, said), one.after, one.holds_all};
  return std::nullopt;
}

}  // namespace askus::out
