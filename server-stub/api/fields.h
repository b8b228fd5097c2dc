// Reads the small flat JSON objects that our own pages send, and keeps everything that is wrong.
#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/http/message.h"
#include "server-stub/http/problem.h"

namespace askus::api {

// Bytes of a body with such an object.
inline constexpr std::size_t kFieldsBody = 32'768;

class Fields {
 public:
  enum class Need : std::uint8_t { kOptional, kRequired };
  enum class Kind : std::uint8_t { kLine, kText, kSecret };  // one line; many; kept as it is

  explicit Fields(const http::Request& request);

  // At most `most` bytes; without white space at its ends, and control characters refused (but line
  // ends and tabs of a kText), unless it is a kSecret. Empty: not there.
  std::string text(std::string_view name, std::size_t most, Need need = Need::kRequired,
                   Kind kind = Kind::kLine);
  std::string one_of(std::string_view name, const std::vector<std::string_view>& values);
  bool flag(std::string_view name, bool otherwise);
  // A whole number from `least` to `most`; `least` when it is not one.
  std::uint64_t number(std::string_view name, std::uint64_t least, std::uint64_t most);
  // At most `most` texts of `bytes` each; not there: none.
  std::vector<std::string> list(std::string_view name, std::size_t most, std::size_t bytes);

  // An object of at most `most` lines of `bytes` each, by their names; empty ones are left out.
  std::map<std::string, std::string> texts(std::string_view name, std::size_t most,
                                           std::size_t bytes);

  void fail(std::string_view name, std::string text);
  // When every member has been asked for: 415, 400 bad-json, or 422 with what is wrong with which.
  std::optional<http::Response> refusal();

 private:
  const nlohmann::json* find(std::string_view name);

  bool is_json_ = true;
  nlohmann::json json_;
  std::set<std::string, std::less<>> asked_;
  std::vector<http::FieldError> errors_;
};

}  // namespace askus::api
