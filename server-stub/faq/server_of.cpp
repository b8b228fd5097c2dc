#include <algorithm>
#include <cstdlib>

#include "server-stub/faq/commands.h"
#include "server-stub/faq/files.h"
#include "shared/faq/words.h"

namespace askus::faq {
namespace {

constexpr const char* kTokenVariable = "ASKUS_PUBLISH_TOKEN";
constexpr const char* kTokenFileVariable = "ASKUS_PUBLISH_TOKEN_FILE";

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

Result<publish::Server> server_of(const ServerOptions& options) {
  std::string token = environment(kTokenVariable);
  std::string file = options.token_file;
  if (file.empty() && token.empty()) file = environment(kTokenFileVariable);
  if (!file.empty()) {
    auto read = read_secret(file);
    if (!read) return read.error();
    token = std::move(*read);
  }
  token = std::string(trim(token));
  const bool visible =
      std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c <= '~'; });
  if (token.empty() || !visible)
    return Error{Code::kMalformed, "the publisher's key is one line in --token-file, " +
                                       std::string(kTokenVariable) + " or the file that " +
                                       kTokenFileVariable + " names"};
  return publish::Server{options.url, std::move(token)};
}

}  // namespace askus::faq
