// Phrasings of a question, proposed by a language model behind a chat endpoint of OpenAI's shape
// (https://platform.openai.com/docs/api-reference/chat; llama.cpp, Ollama, vLLM and others answer
// the same). What is asked and what is understood; the exchange itself is model.h's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace askus::propose {

// Proposals of one answer, at most.
inline constexpr std::size_t kMostProposals = 20;
// Of an answer, this much is shown to the model: what a topic is about stands at its beginning.
inline constexpr std::size_t kShownAnswerBytes = 4'000;
// What the model may write, in tokens: twenty questions and the JSON around them. Cyrillic costs
// about one a syllable.
inline constexpr std::size_t kMostTokens = 1'500;

// One language of a topic. Nothing else of a FAQ, and nothing of a visitor, is ever sent.
struct Subject {
  std::string language;  // its tag
  std::string title, answer;
  std::vector<std::string> phrasings;
};

// The body of POST {base}/chat/completions. `wanted`: 1 to kMostProposals.
std::string chat_request(const Subject& subject, std::string_view model, std::size_t wanted);

// The usable ones of what a body proposes: one line each, within the limits of phrasings, without
// markup, links, contacts or repetitions, and none that says what the title or a phrasing says
// already; at most `wanted`. kMalformed: the body is not of that shape, or was cut off.
Result<std::vector<std::string>> proposals_of(std::string_view body, const Subject& subject,
                                              std::size_t wanted);

}  // namespace askus::propose
