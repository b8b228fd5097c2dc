// Any bytes as questions asked in vain: refused or grouped, every question once, never a crash.
#include <cstdint>
#include <string_view>

#include "shared/studio/gap_source.h"
#include "shared/studio/gaps.h"

namespace {

using namespace askus;

constexpr std::string_view kLexicon =
    "roaming ~ abroad\n  uk: роумінг\n  ru: роуминг\n  en: roaming, roaming charges\n"
    "abroad (broad)\n  uk: за кордоном\n  en: abroad\nswitch-off\n  uk: відключити\n  en: turn "
    "off\n";

const lexicon::Lexicon& small_lexicon() {
  static const lexicon::Lexicon the_lexicon = [] {
    lexicon::Lexicon lexicon;
    if (!lexicon::add(kLexicon, "small", lexicon::Origin::kBuiltin, lexicon).ok()) __builtin_trap();
    return lexicon;
  }();
  return the_lexicon;
}

void group(std::span<const studio::GapQuestion> questions) {
  std::vector<bool> seen(questions.size());
  std::int64_t n = 0;
  for (const studio::GapGroup& group : studio::group_gaps(questions, small_lexicon())) {
    if (group.texts.size() != group.languages.size() || group.questions.empty()) __builtin_trap();
    n += group.n;
    for (const std::uint32_t q : group.questions) {
      if (q >= seen.size() || seen[q]) __builtin_trap();
      seen[q] = true;
    }
  }
  for (const studio::GapQuestion& question : questions) n -= question.n();
  if (n != 0) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto source = studio::parse_gaps(bytes)) group(source->questions);
  // The same bytes as texts, a line each.
  std::vector<studio::GapQuestion> questions;
  for (std::size_t at = 0; at < bytes.size() && questions.size() < 100;) {
    const std::string_view line = bytes.substr(at, bytes.find('\n', at) - at);
    at += line.size() + 1;
    questions.push_back({std::string(line), "", static_cast<std::int64_t>(line.size()), 1});
  }
  group(questions);
  return 0;
}
