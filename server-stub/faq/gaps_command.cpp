// askus-faq gaps: what visitors asked in vain, those that mean the same together, and which of them
// a FAQ would answer.
#include <cstdio>
#include <ctime>

#include "server-stub/faq/commands.h"
#include "server-stub/faq/files.h"
#include "server-stub/publish/client.h"
#include "shared/faq/dates.h"
#include "shared/faq/extract.h"
#include "shared/studio/gap_report.h"
#include "shared/studio/report.h"

namespace askus::faq {
namespace {

constexpr std::uint32_t kSecondsPerDay = 86'400, kUsualDays = 30;
// Questions of a group that are told.
constexpr std::size_t kShownQuestions = 10;

struct Side {
  Checked checked;
  std::unique_ptr<studio::Compiled> compiled;
};

// A snapshot, or a source with its test questions.
Result<Side> side_of(const GapsOptions& options, const lexicon::Lexicon& lexicon) {
  Side side;
  const auto bytes = read_file(options.sources.files.front());
  if (!bytes) return bytes.error();
  if (is_snapshot(*bytes)) {
    auto compiled = studio::Compiled::open(*bytes);
    if (!compiled) return compiled.error();
    side.compiled = std::move(*compiled);
    side.checked.faq = extract(side.compiled->snapshot());
    return side;
  }
  Progress progress(false);
  auto checked = load(options.sources, progress);
  if (!checked) return checked.error();
  if (checked->has_errors())
    std::fprintf(stderr, "askus-faq: %s has %s; what has errors is left out\n",
                 options.sources.files.front().c_str(), count_of(checked->findings).c_str());
  side.checked = std::move(*checked);
  auto compiled = studio::Compiled::compile(side.checked.faq, lexicon);
  if (!compiled) return compiled.error();
  side.compiled = std::move(*compiled);
  return side;
}

Result<std::string> questions_of(const GapsOptions& options) {
  if (options.server.url.empty() == options.questions.empty())
    return Error{Code::kMalformed, "name a file of questions, or a server with --to"};
  if (!options.questions.empty()) return read_file(options.questions);
  const auto server = server_of(options.server);
  if (!server) return server.error();
  const auto today = static_cast<std::uint32_t>(std::time(nullptr) / kSecondsPerDay);
  const std::string to = options.to.empty() ? format_date(today) : options.to;
  const std::uint32_t last = parse_date(to).value_or(today);
  const std::string from =
      options.from.empty() ? format_date(last - (kUsualDays - 1)) : options.from;
  return publish::gaps(*server, options.site_id, from, to);
}

const char* plural(std::int64_t n) {
  return n == 1 ? "" : "s";
}

const char* mark_of(const studio::Replayed& replayed) {
  return replayed.sure ? "+" : replayed.found ? "?" : "-";
}

void print_group(std::size_t number, const studio::GapSource& source, const studio::GapGroup& group,
                 const studio::Replay& replay) {
  std::printf("\n%lld x %s (", static_cast<long long>(group.n), group.texts.front().c_str());
  for (std::size_t i = 0; i < group.languages.size(); ++i)
    std::printf("%s%s %lld", i == 0 ? "" : ", ",
                group.languages[i].first.empty() ? "?" : group.languages[i].first.c_str(),
                static_cast<long long>(group.languages[i].second));
  std::printf("), found %lld, for sure %lld", static_cast<long long>(replay.found[number]),
              static_cast<long long>(replay.sure[number]));
  for (std::size_t i = 0; i < replay.topics[number].size(); ++i)
    std::printf("%s%s", i == 0 ? "; nearest: " : ", ", replay.topics[number][i].c_str());
  std::printf("\n");
  for (std::size_t i = 0; i < group.questions.size() && i < kShownQuestions; ++i) {
    const studio::GapQuestion& one = source.questions[group.questions[i]];
    std::printf("  %s %5lld  %s\n", mark_of(replay.questions[group.questions[i]]),
                static_cast<long long>(one.n()), one.text.c_str());
  }
  if (group.questions.size() > kShownQuestions)
    std::printf("  and %zu more\n", group.questions.size() - kShownQuestions);
}

void print(const studio::GapSource& source, const std::vector<studio::GapGroup>& groups,
           const studio::Replay& replay, const std::vector<std::string>& idle) {
  std::printf(
      "With this FAQ %lld of %lld unanswered question%s would find an answer, %lld for sure.\n",
      static_cast<long long>(replay.all_found), static_cast<long long>(replay.n), plural(replay.n),
      static_cast<long long>(replay.all_sure));
  if (source.untold > 0)
    std::printf("%lld more ha%s no text.\n", static_cast<long long>(source.untold),
                source.untold == 1 ? "s" : "ve");
  for (std::size_t g = 0; g < groups.size(); ++g) print_group(g, source, groups[g], replay);
  if (!idle.empty()) std::printf("\nNothing leads to these topics:\n");
  for (const std::string& id : idle) std::printf("  %s\n", id.c_str());
}

}  // namespace

int run_gaps(const GapsOptions& options) {
  const auto lexicon = load_lexicon(options.sources.lexicons);
  if (!lexicon) return fail(lexicon.error());
  const auto bytes = questions_of(options);
  if (!bytes) return fail(bytes.error());
  const auto source = studio::parse_gaps(*bytes);
  if (!source) {
    const std::string& from = options.questions.empty() ? options.server.url : options.questions;
    return fail({source.error().code, from + ": " + source.error().text});
  }
  const auto side = side_of(options, *lexicon);
  if (!side) return fail(side.error());
  const auto groups = studio::group_gaps(source->questions, *lexicon);
  const studio::Replay replay = studio::replay(*side->compiled, source->questions, groups);
  const auto idle = studio::idle_topics(side->checked, *side->compiled, *source, replay);
  if (options.json) {
    nlohmann::json report = studio::gaps_json(*source, groups);
    report["replay"] = studio::replay_json(replay, idle);
    std::printf("%s\n", studio::dump(report).c_str());
  } else {
    print(*source, groups, replay, idle);
  }
  return kDone;
}

}  // namespace askus::faq
