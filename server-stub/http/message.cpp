#include "server-stub/http/message.h"

#include <algorithm>

namespace askus::http {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower(x) == lower(y); });
}

Status Headers::set(std::string_view name, std::string_view value) {
  if (!is_token(name)) return Error{Code::kMalformed, "a header field's name is not a token"};
  for (const char c : value)
    if (is_control(c) && c != '\t')
      return Error{Code::kMalformed,
                   "the header field " + std::string(name) + " would hold a control character"};
  for (Field& field : fields_)
    if (same_name(field.first, name)) {
      field.second = value;
      return {};
    }
  fields_.emplace_back(name, value);
  return {};
}

const std::string* Headers::find(std::string_view name) const {
  for (const Field& field : fields_)
    if (same_name(field.first, name)) return &field.second;
  return nullptr;
}

std::string_view Headers::get(std::string_view name) const {
  const std::string* value = find(name);
  return value == nullptr ? std::string_view() : std::string_view(*value);
}

Result<std::string> percent_decode(std::string_view text, Controls allowed) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return Error{Code::kMalformed, "a broken % escape"};
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (allowed == Controls::kNone ? is_control(c) : c == '\0')
      return Error{Code::kMalformed, "an escaped control character"};
    out += c;
  }
  return out;
}

std::string query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    if (pair.substr(0, equals) != name || equals == std::string_view::npos) continue;
    std::string value(pair.substr(equals + 1));
    std::replace(value.begin(), value.end(), '+', ' ');
    Result<std::string> decoded = percent_decode(value);
    return decoded.ok() ? std::move(*decoded) : std::string();
  }
  return {};
}

Body::Body(std::string text) : Body(std::make_shared<const std::string>(std::move(text))) {}
Body::Body(std::shared_ptr<const std::string> whole)
    : bytes(std::move(whole)), size(bytes == nullptr ? 0 : bytes->size()) {}

std::string_view Body::view() const {
  return bytes == nullptr ? std::string_view() : std::string_view(*bytes).substr(offset, size);
}

Response& Response::with(std::string_view name, std::string_view value) {
  if (!headers.set(name, value).ok()) *this = Response{500, {}, {}};
  return *this;
}

Response text_response(unsigned status, std::string_view type, std::string body) {
  Response response{status, {}, Body(std::move(body))};
  response.with("Content-Type", type);
  return response;
}

}  // namespace askus::http
