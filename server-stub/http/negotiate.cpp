#include "server-stub/http/negotiate.h"

#include <charconv>

#include "server-stub/http/message.h"

namespace askus::http {
namespace {

constexpr std::string_view kSpace = " \t";
constexpr int kFullWeight = 1000;

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// Cuts the text before the next `mark` off `rest`.
std::string_view take(std::string_view& rest, char mark) {
  const std::size_t end = rest.find(mark);
  const std::string_view part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return trim(part);
}

// "q=0.8" in thousandths; malformed counts as full, as most servers do.
int weight(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string_view one = take(parameters, ';');
    if (!one.starts_with("q=") && !one.starts_with("Q=")) continue;
    const std::string_view digits = one.substr(2);
    if (digits.empty() || digits.size() > 5 || (digits[0] != '0' && digits[0] != '1'))
      return kFullWeight;
    if (digits[0] == '1') return kFullWeight;
    int value = 0, place = 100;
    for (std::size_t i = 2; i < digits.size(); ++i, place /= 10) {
      if (digits[i] < '0' || digits[i] > '9') return kFullWeight;
      value += (digits[i] - '0') * place;
    }
    return value;
  }
  return kFullWeight;
}

bool number(std::string_view text, std::size_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

}  // namespace

Coding choose_coding(std::string_view accept_encoding, bool has_br, bool has_gzip) {
  constexpr int kUnsaid = -1;
  int br = kUnsaid, gzip = kUnsaid, identity = kUnsaid, any = kUnsaid;
  while (!accept_encoding.empty()) {
    std::string_view parameters = take(accept_encoding, ',');
    const std::string_view name = take(parameters, ';');
    const int q = weight(parameters);
    if (same_name(name, "br")) br = q;
    if (same_name(name, "gzip") || same_name(name, "x-gzip")) gzip = q;
    if (same_name(name, "identity")) identity = q;
    if (name == "*") any = q;
  }
  const auto said = [any](int q, int otherwise) {
    return q != kUnsaid ? q : any != kUnsaid ? any : otherwise;
  };
  // Identity that nobody mentions is acceptable, after whatever is mentioned.
  int best = said(identity, 1);
  Coding coding = Coding::kIdentity;
  const auto consider = [&](bool there, int q, Coding candidate) {
    if (!there || said(q, 0) == 0 || said(q, 0) < best) return;
    best = said(q, 0);
    coding = candidate;
  };
  consider(has_gzip, gzip, Coding::kGzip);
  consider(has_br, br, Coding::kBrotli);
  return coding;
}

bool etag_matches(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    std::string_view one = take(if_none_match, ',');
    if (one == "*") return true;
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == etag) return true;
  }
  return false;
}

RangeChoice choose_range(std::string_view range, std::size_t size) {
  constexpr std::string_view kUnit = "bytes=";
  if (!range.starts_with(kUnit) || range.find(',') != std::string_view::npos) return {};
  range = trim(range.substr(kUnit.size()));
  const std::size_t dash = range.find('-');
  if (dash == std::string_view::npos) return {};
  const std::string_view first = range.substr(0, dash), last = range.substr(dash + 1);
  std::size_t begin = 0, end = 0;
  if (first.empty()) {
    if (!number(last, end)) return {};
    if (end == 0 || size == 0) return {RangeKind::kUnsatisfiable, {}};
    const std::size_t length = end < size ? end : size;
    return {RangeKind::kPart, {size - length, length}};
  }
  if (!number(first, begin)) return {};
  if (last.empty()) {
    end = size;
  } else {
    if (!number(last, end) || end < begin) return {};
    end = end < size ? end + 1 : size;
  }
  if (begin >= size) return {RangeKind::kUnsatisfiable, {}};
  return {RangeKind::kPart, {begin, end - begin}};
}

}  // namespace askus::http
