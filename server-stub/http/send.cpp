#include "server-stub/http/send.h"

#include <array>
#include <ctime>
#include <string_view>

namespace askus::http {
namespace {

// IMF-fixdate (RFC 9110, 5.6.7).
std::string_view http_date() {
  thread_local std::time_t last = -1;
  thread_local std::array<char, 40> text{};
  const std::time_t now = std::time(nullptr);
  if (now != last) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    last = now;
  }
  return text.data();
}

bool has_no_body(unsigned status) {
  return status == 304 || status == 204;
}

}  // namespace

OutMessage out_message(const Response& response, const Request& request, bool keep_alive) {
  OutMessage message;
  message.version(11);
  message.result(response.status);
  const auto put = [&message](std::string_view name, std::string_view value) {
    message.insert(boost::beast::string_view(name.data(), name.size()),
                   boost::beast::string_view(value.data(), value.size()));
  };
  for (const auto& [name, value] : response.headers.fields()) put(name, value);
  put("X-Content-Type-Options", "nosniff");
  put("Referrer-Policy", "no-referrer");
  put("X-Request-Id", request.id);
  put("Date", http_date());
  message.keep_alive(keep_alive);
  if (has_no_body(response.status) || response.events != nullptr) return message;
  message.content_length(response.body.size);
  const std::string_view bytes = response.body.view();
  message.body() = {bytes.data(), bytes.size()};
  return message;
}

}  // namespace askus::http
