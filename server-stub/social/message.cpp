#include "server-stub/social/message.h"

#include <array>
#include <cstdio>
#include <ctime>

#include "server-stub/social/text.h"
#include "shared/request/request.h"
#include "shared/text/utf8.h"

namespace askus::social {
namespace {

Error malformed(const char* text) {
  return {Code::kMalformed, text};
}

bool is_place(std::string_view text) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789_-";
  return !text.empty() && text.size() <= request::kMaxSmall &&
         text.find_first_not_of(kLetters) == std::string_view::npos;
}

bool is_link(std::string_view text) {
  if (text.empty()) return true;
  return text.size() <= request::kMaxPage && text.starts_with("https://") &&
         text.find_first_of(" \t\r\n\"<>") == std::string_view::npos;
}

}  // namespace

std::int64_t parse_time(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd";
  constexpr std::int64_t kMinute = 60, kHour = 3'600, kThousand = 1'000;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() <= kForm.size() || text.size() > kForm.size() + 20) return -1;
  for (std::size_t i = 0; i < kForm.size(); ++i)
    if (kForm[i] == 'd' ? !digit(text[i]) : text[i] != kForm[i]) return -1;
  const auto number = [&text](std::size_t at, std::size_t size) {
    return static_cast<int>(decimal(text.substr(at, size)).value_or(-1));
  };
  std::tm time{};
  time.tm_year = number(0, 4) - 1900;
  time.tm_mon = number(5, 2) - 1;
  time.tm_mday = number(8, 2);
  time.tm_hour = number(11, 2);
  time.tm_min = number(14, 2);
  time.tm_sec = number(17, 2);
  const std::tm wanted = time;
  std::int64_t at = timegm(&time);
  // A 31st of June becomes another day.
  if (time.tm_mon != wanted.tm_mon || time.tm_mday != wanted.tm_mday || at < 0) return -1;
  at *= kThousand;
  std::string_view rest = text.substr(kForm.size());
  if (rest[0] == '.') {
    std::size_t end = 1;
    for (std::int64_t unit = 100; end < rest.size() && digit(rest[end]); ++end, unit /= 10)
      at += (rest[end] - '0') * unit;
    if (end == 1) return -1;
    rest.remove_prefix(end);
  }
  if (rest == "Z") return at;
  if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':') return -1;
  const auto hours = decimal(rest.substr(1, 2)), minutes = decimal(rest.substr(4, 2));
  if (!hours || !minutes) return -1;
  const std::int64_t offset = (*hours * kHour + *minutes * kMinute) * kThousand;
  return rest[0] == '+' ? at - offset : at + offset;
}

std::string_view guess_language(std::string_view text) {
  constexpr std::u32string_view kUkrainian = U"іїєґІЇЄҐ", kRussian = U"ыэъёЫЭЪЁ";
  std::size_t ukrainian = 0, russian = 0, cyrillic = 0, latin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t letter = text::next(text, at);
    ukrainian += kUkrainian.find(letter) != std::u32string_view::npos ? 1 : 0;
    russian += kRussian.find(letter) != std::u32string_view::npos ? 1 : 0;
    cyrillic += letter >= U'\x400' && letter <= U'\x52F' ? 1 : 0;
    latin += (letter | 0x20) >= U'a' && (letter | 0x20) <= U'z' ? 1 : 0;
  }
  if (russian > ukrainian) return "ru";
  return cyrillic == 0 && latin > 0 ? "en" : "uk";
}

Result<Message> read_webhook(std::string_view body, std::string_view id) {
  constexpr std::array<std::pair<std::string_view, Deed>, 4> kDeeds{
      {{"created", Deed::kWritten},
       {"edited", Deed::kEdited},
       {"removed", Deed::kRemoved},
       {"restored", Deed::kRestored}}};
  const std::optional<Json> json = parse_object(body);
  if (!json) return malformed("the body is not a JSON object");
  const std::string type = text_of(*json, "type");
  const std::size_t dot = std::min(type.find('.'), type.size());
  Message message;
  message.place = type.substr(0, dot);
  bool known = false;
  for (const auto& [name, deed] : kDeeds)
    if (std::string_view(type).substr(dot) == "." + std::string(name)) {
      message.deed = deed;
      known = true;
    }
  if (!known || !is_place(message.place))
    return malformed("\"type\" is not <place>.created, .edited, .removed or .restored");
  message.at = parse_time(text_of(*json, "timestamp"));
  if (message.at < 0) return malformed("\"timestamp\" is not a time such as 2026-11-21T10:00:00Z");
  const Json& data = object_of(*json, "data");
  const Json& author = object_of(data, "author");
  message.item = id_of(data, "id");
  message.thread = id_of(data, "thread");
  message.author = id_of(author, "id");
  message.author_name = text_of(author, "name");
  message.link = text_of(data, "link");
  message.event = id;
  if (message.item.empty() || message.item.size() > request::kMaxName)
    return malformed("\"data.id\" is missing or too long");
  if (message.thread.size() > request::kMaxName || message.author.size() > request::kMaxName)
    return malformed("\"data.thread\" or \"data.author.id\" is too long");
  if (!is_link(message.link)) return malformed("\"data.link\" is not an https address");
  if (message.deed == Deed::kRemoved) return message;
  message.text = text_of(data, "text");
  if (request::is_blank(message.text)) return malformed("\"data.text\" is missing");
  return message;
}

}  // namespace askus::social
