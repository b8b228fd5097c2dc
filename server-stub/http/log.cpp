#include "server-stub/http/log.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>

namespace askus::http {
namespace {

std::string dump(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
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
  write(dump({{"time", log_time()},
              {"id", access.id},
              {"method", access.method},
              {"path", access.path},
              {"status", access.status},
              {"bytes", access.bytes},
              {"us", access.duration.count()}}));
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
