#include "shared/studio/session.h"

#include <algorithm>
#include <array>

#include "shared/faq/csv.h"
#include "shared/faq/dates.h"
#include "shared/faq/extract.h"
#include "shared/faq/import.h"
#include "shared/faq/json_parse.h"
#include "shared/faq/xlsx.h"
#include "shared/studio/gap_report.h"
#include "shared/studio/lint.h"
#include "shared/studio/questions.h"
#include "shared/studio/replay.h"
#include "shared/studio/report.h"
#include "shared/studio/table_source.h"

namespace askus::studio {
namespace {

using nlohmann::json;

Answer failed(std::string text) {
  return {dump({{"error", std::move(text)}}), {}};
}

constexpr std::string_view kDraft = "draft.jsonl", kSettings = "site.json";

}  // namespace

struct Session::Call {
  json value;
  std::span<const std::string_view> blobs;

  std::string text(const char* key) const {
    const auto found = value.find(key);
    return found != value.end() && found->is_string() ? found->get<std::string>() : std::string();
  }
  std::string_view blob(std::size_t index) const {
    return index < blobs.size() ? blobs[index] : std::string_view();
  }
};

Answer Session::answer(std::string_view call, std::span<const std::string_view> blobs) {
  struct Named {
    std::string_view name;
    Answer (Session::*run)(const Call&);
  };
  constexpr std::array<Named, 10> kCalls{{{"lexicon", &Session::lexicon},
                                          {"read", &Session::read},
                                          {"write", &Session::write},
                                          {"extract", &Session::extract},
                                          {"check", &Session::check},
                                          {"snapshot", &Session::snapshot},
                                          {"search", &Session::search},
                                          {"compare", &Session::compare},
                                          {"gaps", &Session::gaps},
                                          {"replay", &Session::replay}}};
  faq::ParsedJson parsed = faq::parse_json(call);
  if (parsed.error || !parsed.value.is_object()) return failed("the call is no JSON object");
  const Call asked{std::move(parsed.value), blobs};
  const std::string name = asked.text("call");
  for (const Named& known : kCalls) {
    if (known.name == name) return (this->*known.run)(asked);
  }
  return failed("there is no call \"" + name + "\"");
}

// The blobs are the lexicon's files, the built-in ones before the site's own.
Answer Session::lexicon(const Call& call) {
  askus::lexicon::Lexicon all;
  const auto found = call.value.find("names");
  const json names = found != call.value.end() && found->is_array() ? *found : json::array();
  for (std::size_t i = 0; i < call.blobs.size(); ++i) {
    const std::string name =
        i < names.size() && names[i].is_string() ? names[i].get<std::string>() : "lexicon";
    if (const Status added =
            askus::lexicon::add(call.blobs[i], name, askus::lexicon::Origin::kBuiltin, all);
        !added)
      return failed(added.error().text);
  }
  if (const Status known = askus::lexicon::check_near(all); !known)
    return failed(known.error().text);
  lexicon_ = std::move(all);
  return {"{}", {}};
}

// A dropped file as JSON Lines, with what is wrong with the file itself. The first blob is the
// file, or each blob is a part of its zip.
Answer Session::read(const Call& call) {
  faq::Source source;
  source.file = call.text("file");
  std::string lines;
  const auto names = call.value.find("parts");
  if (names != call.value.end() && names->is_array()) {
    std::vector<faq::Part> parts;
    for (std::size_t i = 0; i < names->size() && i < call.blobs.size(); ++i) {
      if ((*names)[i].is_string())
        parts.push_back({(*names)[i].get<std::string>(), std::string(call.blobs[i])});
    }
    lines = faq::table_lines(source, faq::read_xlsx(source, parts));
  } else {
    lines = lines_of_file(source, call.blob(0), reader_);
  }
  return {dump({{"findings", findings_json(source.findings)}}), std::move(lines)};
}

// The draft as a file: CSV, JSON Lines, or the parts of a workbook, one behind the other.
Answer Session::write(const Call& call) {
  const faq::Source source = faq::parse(kDraft, call.blob(0), faq::Format::kJsonLines);
  const std::string format = call.text("format");
  if (format == "csv") return {"{}", faq::write_csv(faq::to_table(source.entries))};
  if (format == "jsonl") return {"{}", faq::write_json_lines(source.entries)};
  if (format != "xlsx") return failed("the format is csv, jsonl or xlsx");
  Answer answer;
  json parts = json::array();
  for (const faq::Part& part : write_xlsx(faq::to_table(source.entries, faq::kMaxCellUnits))) {
    parts.push_back({{"name", part.name}, {"size", part.bytes.size()}});
    answer.bytes += part.bytes;
  }
  answer.json = dump({{"parts", std::move(parts)}});
  return answer;
}

// The draft and the settings that a snapshot was built of, but for its test questions.
Answer Session::extract(const Call& call) {
  const auto opened = Compiled::open(std::string(call.blob(0)));
  if (!opened) return failed(opened.error().text);
  const snapshot::Faq faq = faq::extract((*opened)->snapshot());
  return {dump({{"settings", faq::write_settings(faq.settings, 0)}}),
          faq::write_json_lines(entries_of(faq))};
}

// The draft (JSON Lines) and site.json: everything askus-faq check says. `row` is the line.
Answer Session::check(const Call& call) {
  faq::SettingsSource settings;
  if (!call.blob(1).empty()) settings = faq::parse_settings(kSettings, call.blob(1));
  checked_ = faq::check(settings, {faq::parse(kDraft, call.blob(0), faq::Format::kJsonLines)});
  compiled_.reset();
  std::vector<faq::Finding> findings = checked_.findings;
  if (auto compiled = Compiled::compile(checked_.faq, lexicon_)) {
    compiled_ = std::move(compiled).value();
    const auto more = lint(checked_, *compiled_, parse_date(call.text("today")).value_or(0));
    findings.insert(findings.end(), more.begin(), more.end());
    faq::sort_findings(findings);
  }
  json tests = json::array();
  for (const faq::TestQuestion& question : checked_.tests)
    tests.push_back(compiled_ ? test_json(question, ask(*compiled_, question))
                              : test_json(question, {}));
  return {dump({{"topics", checked_.faq.topics.size()},
                {"built", compiled_ != nullptr},
                {"errors", checked_.has_errors()},
                {"site", checked_.faq.settings.site},
                {"languages", checked_.faq.settings.languages},
                {"categories", categories_json(checked_.faq.settings)},
                {"findings", findings_json(findings)},
                {"tests", std::move(tests)}}),
          {}};
}

Answer Session::snapshot(const Call&) {
  if (!compiled_) return failed("nothing is built: check a draft first");
  return {dump({{"length", compiled_->bytes().size()}}), compiled_->bytes()};
}

Answer Session::search(const Call& call) {
  if (!compiled_) return failed("nothing is built: check a draft first");
  const std::string query = call.text("query");
  constexpr std::uint32_t kShown = 10;
  const search::Options options{.language = compiled_->snapshot().language(call.text("language")),
                                .limit = kShown};
  json hits = json::array();
  for (const search::Hit& hit : compiled_->index().search(query, options))
    hits.push_back(hit_json(compiled_->snapshot(), hit));
  return {dump({{"hits", std::move(hits)},
                {"understood", compiled_->index().understood()},
                {"explain", compiled_->index().explain(query, options)}}),
          {}};
}

// What publishing the draft would change, against a published snapshot.
Answer Session::compare(const Call& call) {
  const auto before = Compiled::open(std::string(call.blob(0)));
  if (!before) return failed(before.error().text);
  if (call.blobs.size() > 1) {
    const auto after = Compiled::open(std::string(call.blob(1)));
    if (!after) return failed(after.error().text);
    json out = diff_json(
        faq::diff(faq::extract((*before)->snapshot()), faq::extract((*after)->snapshot())));
    out["questions"] = json::array();
    return {dump(out), {}};
  }
  if (!compiled_) return failed("nothing is built: check a draft first");
  const faq::Diff diff = faq::diff(faq::extract((*before)->snapshot()), checked_.faq);
  json out = diff_json(diff);
  out["questions"] = json::array();
  for (const Comparison& one : studio::compare(**before, *compiled_, checked_.tests))
    out["questions"].push_back(comparison_json(one));
  return {dump(out), {}};
}

// What visitors asked in vain (the server's answer), grouped.
Answer Session::gaps(const Call& call) {
  auto source = parse_gaps(call.blob(0));
  if (!source) return failed(source.error().text);
  gaps_ = std::move(source).value();
  groups_ = group_gaps(gaps_.questions, lexicon_);
  return {dump(gaps_json(gaps_, groups_)), {}};
}

// The same asked of the draft; with a snapshot, of that one instead.
Answer Session::replay(const Call& call) {
  if (!call.blob(0).empty()) {
    const auto other = Compiled::open(std::string(call.blob(0)));
    if (!other) return failed(other.error().text);
    return {dump(replay_json(studio::replay(**other, gaps_.questions, groups_), {})), {}};
  }
  if (!compiled_) return failed("nothing is built: check a draft first");
  const Replay replayed = studio::replay(*compiled_, gaps_.questions, groups_);
  return {dump(replay_json(replayed, idle_topics(checked_, *compiled_, gaps_, replayed))), {}};
}

}  // namespace askus::studio
