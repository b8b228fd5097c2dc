#include "server-stub/config/read_abuse.h"

namespace askus::config {

void read_abuse(Reader& read, const Json& json, const std::string& path, Abuse& abuse) {
  constexpr std::uint64_t kMostRate = 100'000'000, kMostSources = 1u << 26, kDay = 86'400'000;
  const auto flag = [&read](bool& into) {
    return [&read, &into](const Json& v, const std::string& p) { into = read.flag(v, p); };
  };
  const auto count = [&read](auto& into, std::uint64_t least, std::uint64_t most) {
    return [&read, &into, least, most](const Json& v, const std::string& p) {
      into = static_cast<std::remove_reference_t<decltype(into)>>(read.number(v, p, least, most));
    };
  };
  const auto time = [&read](std::chrono::milliseconds& into, std::uint64_t most) {
    return [&read, &into, most](const Json& v, const std::string& p) {
      into = std::chrono::milliseconds(read.number(v, p, 0, most));
    };
  };
  limit::Rates& rates = abuse.rates;
  read.object(json, path,
              {{"fetch_metadata", flag(abuse.fetch_metadata)},
               {"hidden_origin", flag(abuse.hidden_origin)},
               {"form_token", flag(abuse.form_token)},
               {"work", flag(abuse.work)},
               {"honeypot", flag(abuse.honeypot)},
               {"rate_limit", flag(rates.on)},
               {"free_per_hour", count(rates.free_per_hour, 1, kMostRate)},
               {"ipv4_per_hour", count(rates.ipv4_per_hour, 1, kMostRate)},
               {"ipv6_per_hour", count(rates.ipv6_per_hour, 1, kMostRate)},
               {"sources", count(rates.sources, 1, kMostSources)},
               {"work_bits", count(rates.work_bits, 0, limit::kMostWorkBits)},
               {"more_work_bits", count(rates.more_work_bits, 0, limit::kMostWorkBits)},
               {"quick_form_ms", time(abuse.quick_form, kDay)},
               {"form_lifetime_ms", time(abuse.form_lifetime, 30 * kDay)},
               {"form_wait_ms", time(abuse.form_wait, kDay)}});
  if (read.ok() && rates.work_bits + rates.more_work_bits > limit::kMostWorkBits)
    read.fail(path, "\"work_bits\" and \"more_work_bits\" together are more than " +
                        std::to_string(limit::kMostWorkBits));
}

}  // namespace askus::config
