#include "server-stub/http/head.h"

#include <optional>
#include <utility>

#include "server-stub/http/header_check.h"

namespace askus::http {
namespace {

std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

Error malformed(std::string text) {
  return {Code::kMalformed, std::move(text)};
}

}  // namespace

Result<Head> parse_head(std::string_view block, const Limits& limits, Parser& parser,
                        Request& request) {
  if (std::optional<std::string> wrong = check_header(block, limits)) return malformed(*wrong);
  parser.header_limit(static_cast<std::uint32_t>(block.size() + 1));
  parser.body_limit(boost::none);
  boost::system::error_code error;
  Head head;
  head.size = parser.put(boost::asio::buffer(block.data(), block.size()), error);
  if (error || !parser.is_header_done()) return malformed(error.message());
  const auto& message = parser.get();
  request.method = view(message.method_string());
  const std::string_view target = view(message.target());
  Result<std::string> path = percent_decode(target.substr(0, target.find('?')));
  if (!path.ok()) return path.error();
  request.path = std::move(*path);
  if (const std::size_t mark = target.find('?'); mark != std::string_view::npos)
    request.query = target.substr(mark + 1, target.find('#') - mark - 1);
  for (const auto& field : message) {
    const std::string_view name = view(field.name_string()), value = view(field.value());
    if (same_name(name, "X-Forwarded-For"))
      (head.forwarded_for += head.forwarded_for.empty() ? "" : ",") += value;
    // The first of a repeated field counts.
    if (request.headers.find(name) != nullptr) continue;
    if (const Status set = request.headers.set(name, value); !set.ok()) return set.error();
  }
  return head;
}

}  // namespace askus::http
