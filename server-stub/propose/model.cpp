#include "server-stub/propose/model.h"

#include "server-stub/publish/http_client.h"

namespace askus::propose {
namespace {

Error refusal(unsigned status) {
  const bool passes = status == 429 || status >= 500;
  std::string text = "the model's endpoint answered " + std::to_string(status);
  if (status == 401 || status == 403) text += ": its key is missing or wrong";
  if (status == 404) text += ": there is no such model, or no /chat/completions at this address";
  if (passes) text += ": it has too much to do, try later";
  return {passes ? Code::kUnavailable : Code::kRefused, std::move(text)};
}

}  // namespace

Result<std::vector<std::string>> propose(const Model& model, const Subject& subject,
                                         std::size_t wanted, std::chrono::milliseconds deadline) {
  std::string url = model.url;
  while (url.ends_with('/')) url.pop_back();
  const Result<publish::Answer> answer =
      publish::exchange({"POST", url + "/chat/completions", model.key, "application/json",
                         chat_request(subject, model.name, wanted)},
                        deadline);
  if (!answer.ok()) return answer.error();
  if (answer->status != 200) return refusal(answer->status);
  return proposals_of(answer->body, subject, wanted);
}

}  // namespace askus::propose
