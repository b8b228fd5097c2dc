#include "server-stub/http/header_check.h"

#include "server-stub/http/message.h"

namespace askus::http {
namespace {

constexpr std::string_view kEnd = "\r\n";

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool has_control(std::string_view line) {
  for (const char c : line)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F) return true;
  return false;
}

std::optional<std::string> check_request_line(std::string_view line) {
  const std::size_t first = line.find(' ');
  const std::size_t second = first == std::string_view::npos ? first : line.find(' ', first + 1);
  if (second == std::string_view::npos || line.find(' ', second + 1) != std::string_view::npos)
    return "the request line is not three words";
  const std::string_view target = line.substr(first + 1, second - first - 1);
  if (target.empty() || target[0] != '/') return "the target does not begin with /";
  for (const char c : target)
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F)
      return "the target holds a character that must be escaped";
  return std::nullopt;
}

// What is counted over the fields.
struct Seen {
  std::size_t fields = 0, hosts = 0, lengths = 0, codings = 0;
};

std::optional<std::string> check_field(std::string_view line, Seen& seen) {
  if (line[0] == ' ' || line[0] == '\t') return "a folded header field (obs-fold)";
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return "a header field without a name";
  const std::string_view name = line.substr(0, colon), value = trim(line.substr(colon + 1));
  if (name.find_first_of(" \t") != std::string_view::npos) return "white space in a field's name";
  ++seen.fields;
  if (same_name(name, "Host")) {
    ++seen.hosts;
    if (value.empty()) return "Host is empty";
  } else if (same_name(name, "Content-Length")) {
    ++seen.lengths;
    if (value.empty() || value.find_first_not_of("0123456789") != std::string_view::npos)
      return "Content-Length is not a number";
  } else if (same_name(name, "Transfer-Encoding")) {
    ++seen.codings;
    if (!same_name(value, "chunked")) return "a transfer coding other than chunked";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> check_header(std::string_view block, const Limits& limits) {
  Seen seen;
  const bool is_http10 = block.substr(0, block.find(kEnd)).ends_with("HTTP/1.0");
  for (bool first = true;; first = false) {
    const std::size_t end = block.find(kEnd);
    if (end == std::string_view::npos) return "the header has no end";
    const std::string_view line = block.substr(0, end);
    block.remove_prefix(end + kEnd.size());
    if (line.empty() && !first) break;
    // Also finds a bare CR or LF.
    if (has_control(line)) return "a control character in the header";
    std::optional<std::string> wrong = first ? check_request_line(line) : check_field(line, seen);
    if (wrong) return wrong;
  }
  if (seen.fields > limits.header_fields)
    return "more than " + std::to_string(limits.header_fields) + " header fields";
  if (seen.hosts != 1) return seen.hosts == 0 ? "Host is missing" : "Host is given twice";
  if (seen.lengths > 1) return "Content-Length is given twice";
  // RFC 9112, 6.1: who speaks 1.0 does not know it, and may have been handed it by one who does.
  if (seen.codings > 0 && is_http10) return "Transfer-Encoding in HTTP/1.0";
  if (seen.codings > 1) return "Transfer-Encoding is given twice";
  if (seen.lengths + seen.codings > 1) return "both Content-Length and Transfer-Encoding";
  return std::nullopt;
}

}  // namespace askus::http
