#include "shared/studio/gap_source.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "shared/faq/json_parse.h"

namespace askus::studio {
namespace {

using nlohmann::json;

// Beyond it no count is one.
constexpr std::int64_t kMostAsked = 1'000'000'000;

Error malformed(const std::string& where, const std::string& what) {
  return {Code::kMalformed, where + ": " + what};
}

std::string text_of(const json& record, const char* key) {
  const auto found = record.find(key);
  return found != record.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// A count that is there and none, or none that is.
bool take_count(const json& record, const char* key, std::int64_t& into) {
  const auto found = record.find(key);
  if (found == record.end()) return true;
  if (!found->is_number_unsigned() ||
      found->get<std::uint64_t>() > static_cast<std::uint64_t>(kMostAsked))
    return false;
  into = found->get<std::int64_t>();
  return true;
}

class Taker {
 public:
  Status take(const json& record, const std::string& where) {
    if (!record.is_object()) return malformed(where, "expected an object with \"text\"");
    GapQuestion one{text_of(record, "text"), text_of(record, "language"), 0, 0};
    if (one.text.empty()) return malformed(where, "\"text\" is missing or empty");
    if (!take_count(record, "searched", one.searched) ||
        !take_count(record, "written", one.written))
      return malformed(where, "\"searched\" and \"written\" are whole numbers");
    if (one.n() == 0) one.searched = 1;
    const auto [entry, is_new] = numbers_.try_emplace({one.text, one.language}, questions_.size());
    if (is_new) {
      if (questions_.size() == kMaxGapQuestions)
        return Error{Code::kTooLarge, where + ": more than " + std::to_string(kMaxGapQuestions) +
                                          " different questions"};
      questions_.push_back(std::move(one));
    } else {
      questions_[entry->second].searched += one.searched;
      questions_[entry->second].written += one.written;
    }
    return {};
  }
  std::vector<GapQuestion> done() { return std::move(questions_); }

 private:
  std::map<std::pair<std::string, std::string>, std::size_t> numbers_;
  std::vector<GapQuestion> questions_;
};

Result<GapSource> parse_answer(const json& answer) {
  GapSource source;
  source.from = text_of(answer, "from");
  source.to = text_of(answer, "to");
  if (!take_count(answer, "untold", source.untold))
    return malformed("untold", "expected a whole number");
  Taker taker;
  std::size_t number = 0;
  for (const json& record : answer["questions"])
    if (const Status taken = taker.take(record, "questions[" + std::to_string(number++) + "]");
        !taken)
      return taken.error();
  source.questions = taker.done();
  const auto opened = answer.find("opened");
  if (opened != answer.end() && opened->is_array()) {
    source.has_opened = true;
    for (const json& one : *opened)
      if (one.is_object()) source.opened.insert(text_of(one, "topic"));
  }
  return source;
}

}  // namespace

Result<GapSource> parse_gaps(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, bytes.find('\n'));
  if (start.size() == bytes.size() || start == "{") {
    const faq::ParsedJson whole = faq::parse_json(bytes);
    if (!whole.error && whole.value.is_object() && whole.value.contains("questions") &&
        whole.value["questions"].is_array())
      return parse_answer(whole.value);
  }
  GapSource source;
  Taker taker;
  std::size_t number = 0;
  while (!bytes.empty()) {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const std::string where = "line " + std::to_string(number);
    const faq::ParsedJson record = faq::parse_json(line);
    if (record.error) return malformed(where, record.error->text);
    if (const Status taken = taker.take(record.value, where); !taken) return taken.error();
  }
  source.questions = taker.done();
  return source;
}

}  // namespace askus::studio
