// askus-faq propose and accept: phrasings that a language model proposes, and what a person takes
// of them. In between stands a table with a column to tick.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>

#include "server-stub/faq/commands.h"
#include "server-stub/faq/files.h"
#include "server-stub/files/files.h"
#include "server-stub/propose/model.h"
#include "shared/faq/csv.h"
#include "shared/faq/words.h"

namespace askus::faq {
namespace {

// The columns of the table.
enum Cell : std::size_t { kTick, kTopic, kLanguage, kQuestion, kProposal, kModel, kCells };
const std::vector<std::string> kHead{"tick", "id", "lang", "question", "proposal", "model"};
// After so many exchanges that failed one after the other nothing more is asked.
constexpr std::size_t kMostFailures = 3;

Result<propose::Model> model_of(const ProposeOptions& options) {
  propose::Model model{options.url, options.model, {}};
  if (!options.key_file.empty()) {
    const Result<std::string> key = read_secret(options.key_file);
    if (!key) return key.error();
    model.key = std::string(trim(*key));
  } else if (const char* key = std::getenv(propose::kKeyVariable); key != nullptr) {
    model.key = key;
  }
  return model;
}

Result<Read> read_sources(const SourceOptions& sources) {
  Result<Read> read = read_all(sources.files, sources.language, parse_source);
  if (!read) return read;
  print(read->findings);
  if (read->has_errors()) return Error{Code::kRefused, "mend the errors first"};
  return read;
}

// Whom to ask about, those with the fewest phrasings first.
std::vector<const Entry*> subjects_of(const Read& read, const ProposeOptions& options) {
  const std::set<std::string> wanted(options.topics.begin(), options.topics.end());
  std::vector<const Entry*> subjects;
  for (const Entry& entry : read.entries)
    if (!entry.version.title.empty() && (wanted.empty() || wanted.contains(entry.id)))
      subjects.push_back(&entry);
  std::stable_sort(subjects.begin(), subjects.end(), [](const Entry* a, const Entry* b) {
    return a->version.phrasings.size() < b->version.phrasings.size();
  });
  if (subjects.size() > options.most) subjects.resize(options.most);
  return subjects;
}

Row row_of(std::vector<std::string> cells) {
  return {0, std::move(cells)};
}

std::vector<Row> proposals_table(const std::vector<const Entry*>& subjects,
                                 const propose::Model& model, std::size_t wanted, bool& failed) {
  Table table{row_of(kHead)};
  std::size_t failures = 0;
  for (std::size_t i = 0; i < subjects.size() && failures < kMostFailures; ++i) {
    const Entry& entry = *subjects[i];
    const snapshot::Version& version = entry.version;
    std::fprintf(stderr, "%zu of %zu: %s %s\n", i + 1, subjects.size(), entry.id.c_str(),
                 version.language.c_str());
    const auto proposals = propose::propose(
        model, {version.language, version.title, version.answer, version.phrasings}, wanted);
    failures = proposals ? 0 : failures + 1;
    if (!proposals) {
      failed = true;
      fail(proposals.error());
      continue;
    }
    for (const std::string& proposal : *proposals)
      table.push_back(
          row_of({"", entry.id, version.language, version.title, proposal, model.name}));
  }
  return table;
}

// What was ticked, by topic and language.
using Ticked = std::map<std::pair<std::string, std::string>, std::vector<std::string>>;

Result<Ticked> ticked_in(const std::string& file) {
  const Result<std::string> bytes = read_file(file);
  if (!bytes) return bytes.error();
  const CsvFile csv = read_csv(*bytes, guess_separator(*bytes));
  const Table& rows = csv.rows;
  if (!csv.breaks.empty() || rows.empty() || rows.front().cells != kHead)
    return Error{Code::kMalformed, file + " is no table that propose wrote"};
  Ticked ticked;
  for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
    std::vector<std::string> cells = row->cells;
    cells.resize(kCells);
    if (trim(cells[kTick]).empty()) continue;
    ticked[{cells[kTopic], cells[kLanguage]}].emplace_back(trim(read_guarded(cells[kProposal])));
  }
  return ticked;
}

// Adds those that say something new; how many they are.
std::size_t add_to(Entry& entry, const std::vector<std::string>& proposals) {
  std::set<std::string> known{same_text_key(entry.version.title)};
  for (const std::string& phrasing : entry.version.phrasings) known.insert(same_text_key(phrasing));
  std::size_t added = 0;
  for (const std::string& proposal : proposals) {
    const std::string key = same_text_key(proposal);
    if (key.empty() || !known.insert(key).second) continue;
    entry.version.phrasings.push_back(proposal);
    entry.proposed.push_back(proposal);
    ++added;
  }
  return added;
}

}  // namespace

int run_propose(const ProposeOptions& options) {
  const Result<propose::Model> model = model_of(options);
  if (!model) return fail(model.error());
  const Result<Read> read = read_sources(options.sources);
  if (!read) return fail(read.error());
  const std::vector<const Entry*> subjects = subjects_of(*read, options);
  bool failed = false;
  const Table table = proposals_table(subjects, *model, options.wanted, failed);
  if (const Status done = files::write_durably(options.out, write_csv(table)); !done)
    return fail(done.error());
  std::printf("%zu proposals for %zu of %zu records; tick those that are right in %s\n",
              table.size() - 1, subjects.size(), read->entries.size(), options.out.c_str());
  return failed ? kFound : kDone;
}

int run_accept(const AcceptOptions& options) {
  const Result<Ticked> ticked = ticked_in(options.proposals);
  if (!ticked) return fail(ticked.error());
  Result<Read> read = read_sources(options.sources);
  if (!read) return fail(read.error());
  std::size_t added = 0;
  for (Entry& entry : read->entries)
    if (const auto found = ticked->find({entry.id, entry.version.language}); found != ticked->end())
      added += add_to(entry, found->second);
  const Result<std::string> bytes = source_bytes(read->entries, options.out);
  if (!bytes) return fail(bytes.error());
  if (const Status done = files::write_durably(options.out, *bytes); !done)
    return fail(done.error());
  std::printf("%zu phrasings added\n", added);
  return kDone;
}

}  // namespace askus::faq
