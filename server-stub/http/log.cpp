#include "server-stub/http/log.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>

namespace askus::http {
namespace {

std::string dump(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

// A JSON text.
void append_text(std::string& to, std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
  });
  if (!plain) {
    to += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return;
  }
  to += '"';
  to += text;
  to += '"';
}

// The part of a time that changes once a second.
std::string_view second_text(std::time_t seconds) {
  thread_local std::time_t last = -1;
  thread_local std::array<char, 40> text{};
  thread_local std::size_t size = 0;
  if (seconds != last) {
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    last = seconds;
  }
  return {text.data(), size};
}

std::string_view known_method(std::string_view method) {
  constexpr std::array<std::string_view, 9> kMethods{
      "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PATCH"};
  return std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end() ? "?" : method;
}

}  // namespace

std::string log_time() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  std::string text(second_text(static_cast<std::time_t>(ms / 1000)));
  std::array<char, 8> rest{};
  std::snprintf(rest.data(), rest.size(), ".%03dZ", static_cast<int>(ms % 1000));
  return text + rest.data();
}

Log::Log(Sink sink) : sink_(std::move(sink)) {}

void Log::access(const Access& access) {
  // By hand: a tree of JSON took a tenth of the time of a small file.
  std::string line = R"({"time":")" + log_time();
  line += '"';
  const auto put = [&line](std::string_view name, std::string_view value) {
    line.append(",\"").append(name).append("\":");
    append_text(line, value);
  };
  put("id", access.id);
  put("method", known_method(access.method));
  put("route", access.route);
  if (!access.path.empty()) put("path", access.path);
  if (!access.site.empty()) put("site", access.site);
  line.append(",\"status\":").append(std::to_string(access.status));
  if (!access.problem.empty()) put("problem", access.problem);
  line.append(",\"bytes\":").append(std::to_string(access.bytes));
  line.append(",\"us\":").append(std::to_string(access.duration.count())).append("}\n");
  write(line);
}

void Log::event(std::string_view name,
                const std::vector<std::pair<std::string_view, std::string>>& fields) {
  nlohmann::ordered_json json{{"time", log_time()}, {"event", name}};
  for (const auto& [key, value] : fields) json[std::string(key)] = value;
  write(dump(json));
}

void Log::write(const std::string& line) {
  const std::lock_guard lock(mutex_);
  sink_(line);
}

}  // namespace askus::http
