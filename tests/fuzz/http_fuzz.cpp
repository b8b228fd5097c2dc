// Any bytes as what a client sends: our checks of the header block, Beast's parser of it and of the
// body behind it, and every small reader of what is inside. Whatever passes is whole and clean.
#include <boost/asio/buffer.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "server-stub/http/form_data.h"
#include "server-stub/http/head.h"
#include "server-stub/http/negotiate.h"
#include "server-stub/http/router.h"

namespace {

using namespace askus::http;

constexpr std::string_view kHeaderEnd = "\r\n\r\n";

void check(bool holds) {
  if (!holds) __builtin_trap();
}

bool is_clean(std::string_view text) {
  for (const char c : text)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F) return false;
  return true;
}

std::size_t count(const Parser& parser, boost::beast::http::field name) {
  const auto range = parser.get().equal_range(name);
  return static_cast<std::size_t>(std::distance(range.first, range.second));
}

void check_request(const Request& request) {
  check(request.path.starts_with('/') && is_clean(request.path) && is_clean(request.query));
  for (const auto& [name, value] : request.headers.fields())
    check(!name.empty() && is_clean(name) && is_clean(value));
  query_value(request.query, "lang");
  choose_coding(request.headers.get("Accept-Encoding"), true, true);
  etag_matches(request.headers.get("If-None-Match"), "\"a\"");
  const RangeChoice range = choose_range(request.headers.get("Range"), 1'000);
  check(range.kind != RangeKind::kPart || range.part.offset + range.part.size <= 1'000);
  std::vector<std::string> args;
  if (match("/v1/sites/{site}/snapshots/{sha256}.faq", request.path, args)) check(args.size() == 2);
}

// The rest of the bytes as the body, as Beast reads it. A length over the limit is refused before
// Beast would make room for it (Connection::admit_header).
void read_body(Parser& parser, std::string_view rest) {
  if (parser.content_length().value_or(0) > kRequestBody) return;
  parser.body_limit(kRequestBody);
  boost::system::error_code error;
  while (!parser.is_done() && !error && !rest.empty()) {
    const std::size_t taken = parser.put(boost::asio::buffer(rest.data(), rest.size()), error);
    if (taken == 0) break;
    rest.remove_prefix(taken);
  }
  check(parser.get().body().size() <= kRequestBody);
}

void check_front(std::string_view bytes) {
  const std::size_t end = bytes.find(kHeaderEnd);
  if (end == std::string_view::npos || end > kHeaderBytes) return;
  const std::string_view block = bytes.substr(0, end + kHeaderEnd.size());
  Parser parser;
  Request request;
  const auto head = parse_head(block, Limits{}, parser, request);
  if (!head.ok()) return check(!head.error().text.empty());
  // No server may find another end of this header, or another way to read its body.
  using boost::beast::http::field;
  check(head->size == block.size());
  check(count(parser, field::host) == 1);
  check(count(parser, field::content_length) + count(parser, field::transfer_encoding) <= 1);
  check(parser.chunked() == (count(parser, field::transfer_encoding) == 1));
  check_request(request);
  const Network trusted{*parse_address("10.0.0.0"), 104};
  client_address(*parse_address("10.0.0.1"), head->forwarded_for, {&trusted, 1});
  read_body(parser, bytes.substr(block.size()));
}

void check_form(std::string_view bytes) {
  const auto form = parse_form(bytes);
  if (!form.ok()) return check(!form.error().text.empty());
  check(form->size() <= kFormFields);
  for (const auto& [name, value] : *form)
    check(name.find('\0') == std::string::npos && value.find('\0') == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_front(bytes);
  check_form(bytes);
  if (const auto network = parse_network(bytes); network.ok())
    check(network->contains(network->base));
  if (const auto decoded = percent_decode(bytes); decoded.ok())
    check(decoded->size() <= size && is_clean(*decoded));
  return 0;
}
