#include "shared/request/request.h"
#include "shared/text/decimal.h"

#include <algorithm>

#include "shared/request/uuid.h"
#include "shared/text/utf8.h"

namespace askus::request {
namespace {

constexpr std::size_t kMinPhoneDigits = 7;   // shortest city numbers with an area code
constexpr std::size_t kMaxPhoneDigits = 15;  // ITU-T E.164

bool is_hex64(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// RFC 3339 in UTC: 2026-11-21T10:00:00Z, with or without fractions of a second.
bool is_utc_time(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd";
  if (text.size() <= kForm.size() || text.size() > kForm.size() + 11 || text.back() != 'Z')
    return false;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    if (kForm[i] == 'd' ? !digit(text[i]) : text[i] != kForm[i]) return false;
  }
  const std::string_view fraction = text.substr(kForm.size(), text.size() - kForm.size() - 1);
  return fraction.empty() || (fraction.size() > 1 && fraction[0] == '.' &&
                              std::all_of(fraction.begin() + 1, fraction.end(), digit));
}

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& values, std::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

// Gathers problems; each check is one line of validate().
class Checker {
 public:
  explicit Checker(std::vector<Problem>& problems) : problems_(problems) {}

  // UTF-8 without NUL, at most `limit` bytes. Says whether it is so.
  bool text(std::string_view field, std::string_view value, std::size_t limit) {
    if (value.size() > limit) {
      problems_.push_back({field, Code::kTooLarge,
                           "is " + text::decimal(value.size()) + " bytes long; at most " +
                               text::decimal(limit) + " are allowed"});
      return false;
    }
    return require(field, text::is_utf8(value) && value.find('\0') == std::string_view::npos,
                   "is not valid UTF-8 or holds a NUL character");
  }

  bool require(std::string_view field, bool holds, std::string_view text) {
    if (!holds) problems_.push_back({field, Code::kMalformed, std::string(text)});
    return holds;
  }

 private:
  std::vector<Problem>& problems_;
};

}  // namespace

std::vector<Problem> validate(const Request& request) {
  std::vector<Problem> problems;
  Checker check(problems);
  check.require("id", is_uuid7(request.id), "is not a version 7 UUID in lower case");
  check.require("kind", one_of(kKinds, request.kind),
                "is not one of question, problem, idea, thanks");
  if (check.text("title", request.title, kMaxTitle)) {
    check.require("title", !is_blank(request.title), "is blank; say in one line what it is about");
    check.require("title", request.title.find_first_of("\r\n") == std::string::npos,
                  "has a line break; the title is one line");
  }
  check.text("details", request.details, kMaxDetails);
  check.text("category", request.category, kMaxSmall);
  check.require("mood", request.mood.empty() || one_of(kMoods, request.mood),
                "is not one of happy, indifferent, upset");
  check.text("name", request.name, kMaxName);
  if (check.text("contact", request.contact, kMaxContact))
    check.require("contact",
                  request.contact.empty() || is_email(request.contact) || is_phone(request.contact),
                  "is neither an e-mail address nor a telephone number");
  if (check.text("language", request.language, kMaxSmall))
    check.require("language", !request.language.empty(), "is missing");
  check.require("channel", one_of(kChannels, request.channel),
                "is not one of site, form, facebook, vk");
  if (check.text("page", request.page, kMaxPage))
    check.require("page", request.page.find_first_of("?#") == std::string::npos,
                  "has a query or a fragment, which may hold personal data");
  check.text("query", request.query, kMaxTitle);
  const Consent& consent = request.consent;
  check.text("consent", consent.version, kMaxSmall);
  check.require("consent", consent.at.empty() || is_utc_time(consent.at),
                "at is not a time like 2026-11-21T10:00:00Z");
  check.require("consent",
                consent.version.empty() ? consent.text_hash.empty() && consent.at.empty()
                                        : is_hex64(consent.text_hash) && !consent.at.empty(),
                "needs version, text_hash (64 hex digits) and at, or none of them");
  return problems;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\xC2\xA0") == std::string_view::npos;
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || text.find('@', at + 1) != std::string_view::npos)
    return false;
  if (text.find_first_of(" \t\r\n,;<>\"()") != std::string_view::npos) return false;
  const std::string_view domain = text.substr(at + 1);
  const std::size_t dot = domain.rfind('.');
  return dot != std::string_view::npos && dot > 0 && dot + 2 < domain.size() &&
         domain.front() != '.' && domain.find("..") == std::string_view::npos;
}

bool is_phone(std::string_view text) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9')
      ++digits;
    else if (c == '+' ? digits != 0
                      : std::string_view(" -()./\t").find(c) == std::string_view::npos)
      return false;
  }
  return digits >= kMinPhoneDigits && digits <= kMaxPhoneDigits;
}

}  // namespace askus::request
