#include "shared/faq/links.h"

#include <algorithm>
#include <optional>

#include "shared/faq/words.h"
#include "shared/snapshot/limits.h"

namespace askus::faq {
namespace {

constexpr std::string_view kForbidden = "(<>\"\\^`{|}";
constexpr std::size_t kLongestScheme = 20;
constexpr int kFewestDigits = 3;

bool clean_target(std::string_view target) {
  return target.size() <= snapshot::kMaxUrl &&
         std::none_of(target.begin(), target.end(), [](char c) {
           const auto code = static_cast<unsigned char>(c);
           return code <= 0x20 || code == 0x7F || kForbidden.find(c) != std::string_view::npos;
         });
}

// "https" of "https://...", lower case; empty when the target has none.
std::string scheme_of(std::string_view target) {
  const std::string_view head = target.substr(0, kLongestScheme);
  const std::size_t colon = head.find(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  const std::string scheme = lower(head.substr(0, colon));
  const bool letters =
      scheme.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+.-") == std::string::npos;
  return letters && scheme[0] >= 'a' ? scheme : std::string();
}

bool is_mail(std::string_view rest) {
  const std::size_t at = rest.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < rest.size();
}

bool is_telephone(std::string_view rest) {
  const auto digits =
      std::count_if(rest.begin(), rest.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits >= kFewestDigits && rest.find_first_not_of("0123456789+-.") == rest.npos;
}

Target kind_of(std::string_view target, bool picture) {
  const std::string scheme = scheme_of(target);
  if (scheme == "https") return is_https_address(target) ? Target::kGood : Target::kMalformed;
  if (picture) return scheme.empty() ? Target::kMalformed : Target::kBadScheme;
  if (target.starts_with('#')) {
    const bool id = target.size() > 1 && target.size() <= snapshot::kMaxId + 1;
    return id && clean_target(target) ? Target::kTopic : Target::kMalformed;
  }
  if (scheme.empty()) return Target::kMalformed;
  if (scheme != "mailto" && scheme != "tel") return Target::kBadScheme;
  const std::string_view rest = target.substr(scheme.size() + 1);
  // The panel knows these two in lower case only.
  const bool good = clean_target(target) && target.starts_with(scheme) &&
                    (scheme == "tel" ? is_telephone(rest) : is_mail(rest));
  return good ? Target::kGood : Target::kMalformed;
}

// The form that begins at the '[' at `pos`, moving `pos` behind it.
std::optional<Link> link_at(std::string_view answer, std::size_t& pos, bool picture) {
  const std::size_t close = answer.find_first_of("[]\n", pos + 1);
  if (close == std::string_view::npos || answer[close] != ']') return {};
  if (!picture && trim(answer.substr(pos + 1, close - pos - 1)).empty()) return {};
  if (close + 1 >= answer.size() || answer[close + 1] != '(') return {};
  const std::size_t end = answer.find_first_of(")\n", close + 2);
  if (end == std::string_view::npos || answer[end] != ')') return {};
  const std::string_view target = answer.substr(close + 2, end - close - 2);
  // "[1] (see below)" and the like are prose.
  if (target.find(' ') != std::string_view::npos && scheme_of(target).empty()) return {};
  pos = end + 1;
  return Link{target, picture, kind_of(target, picture)};
}

}  // namespace

bool is_https_address(std::string_view text) {
  constexpr std::string_view kPrefix = "https://";
  if (lower(text.substr(0, kPrefix.size())) != kPrefix || !clean_target(text)) return false;
  const std::string_view rest = text.substr(kPrefix.size());
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
  return !host.empty() && host.find('@') == std::string_view::npos;
}

std::vector<Link> links_of(std::string_view answer) {
  std::vector<Link> links;
  for (std::size_t pos = 0; (pos = answer.find('[', pos)) != std::string_view::npos;) {
    const bool picture = pos > 0 && answer[pos - 1] == '!';
    if (auto link = link_at(answer, pos, picture))
      links.push_back(*link);
    else
      ++pos;
  }
  return links;
}

}  // namespace askus::faq
