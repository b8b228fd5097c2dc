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

std::string_view known_method(std::string_view method) {
  constexpr std::array<std::string_view, 9> kMethods{
      "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PATCH"};
  return std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end() ? "?" : method;
}

}  // namespace

std::string log_time() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::snprintf(text.data() + size, text.size() - size, ".%03dZ", static_cast<int>(ms % 1000));
  return text.data();
}

Log::Log(Sink sink) : sink_(std::move(sink)) {}

void Log::access(const Access& access) {
  nlohmann::ordered_json json{{"time", log_time()},
                              {"id", access.id},
                              {"method", known_method(access.method)},
                              {"route", access.route}};
  if (!access.path.empty()) json["path"] = access.path;
  if (!access.site.empty()) json["site"] = access.site;
  json["status"] = access.status;
  if (!access.problem.empty()) json["problem"] = access.problem;
  json["bytes"] = access.bytes;
  json["us"] = access.duration.count();
  write(dump(json));
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
