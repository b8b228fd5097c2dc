// askus-faq eval: questions with the topics that answer them, a line each, fields parted by tabs:
//   question, topic ids (comma-separated), language (may be missing)
// or a FAQ's source, whose test questions are asked;
// or, as the bench has them, an id before the question. Empty lines and lines with # are comments.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "server-stub/faq/commands.h"
#include "server-stub/faq/files.h"
#include "shared/faq/words.h"
#include "shared/search/search.h"

namespace askus::faq {
namespace {

constexpr std::size_t kDepth = 10;
constexpr std::string_view kFaqEndings[] = {".csv", ".xlsx", ".json", ".jsonl", ".ndjson"};

std::vector<std::string> fields_of(std::string_view text, char at) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t end = text.find(at);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

struct Question {
  std::string text, language;
  std::vector<std::string> topics;
  std::size_t line = 0;
};

// The test questions of a FAQ's source.
Result<std::vector<Question>> questions_of_faq(const std::string& file, std::string_view bytes) {
  const Source source = parse_source(file, bytes);
  std::vector<Question> questions;
  for (const TestQuestion& test : faq::check({}, {source}).tests)
    questions.push_back({test.question, test.language, test.topics, test.row});
  if (questions.empty()) return Error{Code::kMalformed, file + ": it has no test questions"};
  return questions;
}

bool is_faq(std::string_view file) {
  const std::string name = lower(file);
  return std::any_of(std::begin(kFaqEndings), std::end(kFaqEndings),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

Result<std::vector<Question>> read_questions(const std::string& file) {
  const auto text = read_file(file);
  if (!text) return text.error();
  if (is_faq(file)) return questions_of_faq(file, *text);
  std::vector<Question> questions;
  std::size_t number = 0;
  for (std::string& line : fields_of(*text, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.starts_with('#')) continue;
    auto fields = fields_of(line, '\t');
    if (fields.size() == 4) fields.erase(fields.begin());  // the bench's ids
    if (fields.size() < 2 || fields.size() > 3)
      return Error{Code::kMalformed, file + ":" + std::to_string(number) +
                                         ": expected a question, a tab and topic ids"};
    questions.push_back(
        {fields[0], fields.size() > 2 ? fields[2] : "", fields_of(fields[1], ','), number});
  }
  if (questions.empty()) return Error{Code::kMalformed, file + ": there is no question in it"};
  return questions;
}

struct Figures {
  double r1 = 0, r5 = 0, mrr = 0, ndcg = 0;
};

// The usual measures over the first kDepth hits; MRR over the first five.
Figures judge(const std::vector<std::string>& found, const std::vector<std::string>& right) {
  Figures figures;
  double gain = 0, ideal = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (std::find(right.begin(), right.end(), found[i]) == right.end()) continue;
    const auto rank = static_cast<double>(i + 1);
    if (i < 5 && figures.r5 == 0) {
      figures.r5 = 1;
      figures.mrr = 1 / rank;
      figures.r1 = i == 0 ? 1 : 0;
    }
    gain += 1 / std::log2(rank + 1);
  }
  for (std::size_t i = 0; i < std::min(kDepth, right.size()); ++i)
    ideal += 1 / std::log2(static_cast<double>(i) + 2);
  figures.ndcg = gain / ideal;
  return figures;
}

// What asks for something that the snapshot has not would only lower the figures.
Status check_known(const Question& question, const snapshot::Snapshot& from,
                   const std::string& file) {
  const auto wrong = [&](const std::string& what) {
    return Error{Code::kMalformed,
                 file + ":" + std::to_string(question.line) + ": the snapshot has no " + what};
  };
  if (!question.language.empty() && from.language(question.language) < 0)
    return wrong("language " + question.language);
  for (const std::string& wanted : question.topics) {
    bool known = false;
    for (std::uint32_t t = 0; t < from.topic_count() && !known; ++t)
      known = snapshot::view(from.topic(t).id()) == wanted;
    if (!known) return wrong("topic " + wanted);
  }
  return {};
}

}  // namespace

int run_eval(const EvalOptions& options) {
  const auto opened = open_snapshot(options.file);
  if (!opened) return fail(opened.error());
  const auto questions = read_questions(options.questions);
  if (!questions) return fail(questions.error());
  const snapshot::Snapshot& from = opened->snapshot;
  if (!options.language.empty() && from.language(options.language) < 0)
    return fail({Code::kMalformed, "--lang: the snapshot has no language " + options.language});
  search::Index index(from);
  Figures sum;
  for (const Question& question : *questions) {
    if (const Status good = check_known(question, from, options.questions); !good)
      return fail(good.error());
    const std::string& language = question.language.empty() ? options.language : question.language;
    std::vector<std::string> found;
    for (const search::Hit& hit :
         index.search(question.text, {.language = language.empty() ? -1 : from.language(language),
                                     .limit = kDepth,
                                     .typing = false,
                                     .weak = true}))
      found.emplace_back(snapshot::view(from.topic(hit.topic).id()));
    const Figures one = judge(found, question.topics);
    sum = {sum.r1 + one.r1, sum.r5 + one.r5, sum.mrr + one.mrr, sum.ndcg + one.ndcg};
    if (options.misses && one.r1 == 0)
      std::printf("%s\n  wanted %s, found %s\n", question.text.c_str(), question.topics[0].c_str(),
                  found.empty() ? "nothing" : found[0].c_str());
  }
  const auto count = static_cast<double>(questions->size());
  std::printf("questions %zu  R@1 %.3f  R@5 %.3f  MRR@5 %.3f  nDCG@10 %.3f\n", questions->size(),
              sum.r1 / count, sum.r5 / count, sum.mrr / count, sum.ndcg / count);
  return sum.r5 / count < options.least_r5 ? kFound : kDone;
}

}  // namespace askus::faq
