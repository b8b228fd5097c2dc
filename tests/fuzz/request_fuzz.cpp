// Any bytes as a request's JSON: refused with a reason, or read, checked and written back the same.
#include <cstdint>
#include <string_view>

#include "shared/request/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto request = askus::request::from_json({reinterpret_cast<const char*>(data), size});
  if (!request) {
    if (request.error().text.empty()) __builtin_trap();
    return 0;
  }
  askus::request::validate(*request);
  const auto again = askus::request::from_json(askus::request::to_json(*request));
  if (!again || !(*again == *request)) __builtin_trap();
  return 0;
}
