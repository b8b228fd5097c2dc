#include "shared/studio/lint.h"

#include <algorithm>
#include <map>
#include <set>

#include "shared/faq/dates.h"
#include "shared/faq/words.h"
#include "shared/studio/questions.h"
#include "shared/text/tokens.h"

namespace askus::studio {
namespace {

using faq::Finding;
using faq::VersionPlace;
using snapshot::Topic;
using snapshot::Version;

class Linter {
 public:
  Linter(const faq::Checked& checked, Compiled& compiled, std::uint32_t today)
      : checked_(checked), compiled_(compiled), today_(today) {
    for (const VersionPlace& place : checked.places) places_[{place.id, place.language}] = &place;
  }

  std::vector<Finding> run() {
    ask_tests();
    for (const Topic& topic : checked_.faq.topics) {
      check_tested(topic);
      for (const Version& version : topic.versions) {
        check_competition(topic, version);
        check_age(topic, version);
        check_length(topic, version);
      }
    }
    faq::sort_findings(findings_);
    return std::move(findings_);
  }

 private:
  void report(const std::string& id, const std::string& language, std::string rule,
              std::string column, std::string_view found, std::string remedy) {
    const VersionPlace& place = *places_.at({id, language});
    findings_.push_back({faq::Severity::kWarning, std::move(rule), place.file, place.row,
                         std::move(column), faq::shorten(found), std::move(remedy)});
  }
  void ask_tests();
  void check_tested(const Topic& topic);
  void check_competition(const Topic& topic, const Version& version);
  bool competes(const Topic& topic, const Version& version, const std::string& text,
                const char* column);
  void check_age(const Topic& topic, const Version& version);
  void check_length(const Topic& topic, const Version& version);

  const faq::Checked& checked_;
  Compiled& compiled_;
  std::uint32_t today_;
  std::map<std::pair<std::string, std::string>, const VersionPlace*> places_;
  std::set<std::string> tested_;
  std::size_t queries_ = 0;
  std::vector<Finding> findings_;
};

void Linter::ask_tests() {
  for (const faq::TestQuestion& question : checked_.tests) {
    const Asked asked = ask(compiled_, question);
    if (asked.found()) {
      tested_.insert(question.topics.begin(), question.topics.end());
      continue;
    }
    const std::string where =
        asked.rank == 0 ? "is not among the first " + std::to_string(kTestDepth) + " results"
                        : "is result " + std::to_string(asked.rank);
    const std::string first = asked.first.empty() ? "nothing" : "\"" + asked.first.front() + "\"";
    std::string remedy = "topic \"" + question.topics.front() + "\" ";
    remedy += where + ", the first is ";
    remedy += first + "; add the question to its phrasings";
    report(question.topics.front(), question.language, "failing-test", "tests", question.question,
           remedy);
  }
}

void Linter::check_tested(const Topic& topic) {
  if (checked_.tests.empty() || tested_.contains(topic.id)) return;
  report(topic.id, topic.versions.front().language, "untested-topic", "tests", topic.id,
         "no test question finds this topic; write one or two as visitors would ask them");
}

// Whether the text, asked, finds another topic first.
bool Linter::competes(const Topic& topic, const Version& version, const std::string& text,
                      const char* column) {
  if (text.empty() || ++queries_ > kMaxLintQueries) return false;
  const auto hits = compiled_.index().search(
      text,
      {.language = compiled_.snapshot().language(version.language), .limit = 1, .typing = false});
  if (hits.empty() || compiled_.id_of(hits.front()) == topic.id) return false;
  const std::string other = compiled_.id_of(hits.front());
  report(topic.id, version.language, "competing-topics", column, text,
         "who asks this finds topic \"" + other +
             "\" first; say in both titles how they differ, or join the two");
  return true;
}

// One finding a version is enough.
void Linter::check_competition(const Topic& topic, const Version& version) {
  if (competes(topic, version, version.title, "title")) return;
  for (const std::string& phrasing : version.phrasings) {
    if (competes(topic, version, phrasing, "phrasings")) return;
  }
}

void Linter::check_age(const Topic& topic, const Version& version) {
  if (version.updated == 0) return;
  const auto newest =
      std::max_element(topic.versions.begin(), topic.versions.end(),
                       [](const Version& a, const Version& b) { return a.updated < b.updated; });
  const std::string day = format_date(version.updated);
  if (newest->updated > version.updated + kLagDays) {
    report(topic.id, version.language, "language-behind", "updated", day,
           "the \"" + newest->language + "\" version is of " + format_date(newest->updated) +
               "; bring this one up to it");
  } else if (checked_.review_after_days > 0 &&
             version.updated + checked_.review_after_days < today_) {
    report(topic.id, version.language, "old-answer", "updated", day,
           "it is older than " + std::to_string(checked_.review_after_days) +
               " days; read it again and set the date");
  }
}

void Linter::check_length(const Topic& topic, const Version& version) {
  text::Tokenizer words(version.answer);
  text::Token token;
  std::size_t count = 0;
  while (words.next(token)) ++count;
  if (count > kLongAnswerWords)
    report(topic.id, version.language, "long-answer", "answer", std::to_string(count) + " words",
           "it takes over two minutes to read; make it shorter, or two topics of it");
}

}  // namespace

std::vector<Finding> lint(const faq::Checked& checked, Compiled& compiled, std::uint32_t today) {
  return Linter(checked, compiled, today).run();
}

}  // namespace askus::studio
