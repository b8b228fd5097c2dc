#include "shared/faq/record.h"

#include <algorithm>
#include <array>
#include <utility>

#include "shared/faq/dates.h"
#include "shared/faq/links.h"
#include "shared/faq/words.h"
#include "shared/snapshot/limits.h"
#include "shared/text/utf8.h"

namespace askus::faq {
namespace {

using namespace snapshot;  // NOLINT(google-build-using-namespace): the limits

constexpr std::array<std::string_view, 15> kColumns{
    "id",     "lang", "category", "title", "phrasings", "answer", "comments", "tags",
    "author", "role", "updated",  "url",   "picture",   "tests",  "proposed"};
constexpr std::string_view kAnswerToo = "body";

constexpr std::string_view kPhrasingBar = " | ";
constexpr std::string_view kCommentForm =
    "write one comment a line as: Author | role | 2026-05-31 | text";

// Bytes that a control character makes of a text; 0 when there is none but tab and line ends.
bool has_control(std::string_view text, unsigned& code) {
  for (const char c : text) {
    code = static_cast<unsigned char>(c);
    if ((code < 0x20 && c != '\t' && c != '\n' && c != '\r') || code == 0x7F) return true;
  }
  return false;
}

std::string code_point(unsigned code) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  return std::string("U+00") + kHex[code >> 4] + kHex[code & 15];
}

bool is_id(std::string_view id) {
  return id.find_first_of(" \t\n#%\"<>()\\^`{|}") == std::string_view::npos;
}

void replace_bars(std::string& text) {
  for (std::size_t at; (at = text.find(kPhrasingBar)) != std::string::npos;)
    text.replace(at, kPhrasingBar.size(), "\n");
}

}  // namespace

std::optional<Column> column_of(std::string_view name) {
  const std::string wanted = lower(trim(name));
  if (wanted == kAnswerToo) return Column::kAnswer;
  const auto found = std::find(kColumns.begin(), kColumns.end(), wanted);
  if (found == kColumns.end()) return {};
  return static_cast<Column>(found - kColumns.begin());
}

std::string column_name(Column column) {
  return std::string(kColumns[static_cast<std::size_t>(column)]);
}

bool is_list(Column column) {
  static const Entry kNone;
  return column == Column::kComments || texts_of(kNone, column) != nullptr;
}

const std::vector<std::string>* texts_of(const Entry& entry, Column column) {
  switch (column) {
    case Column::kPhrasings:
      return &entry.version.phrasings;
    case Column::kTags:
      return &entry.version.tags;
    case Column::kTests:
      return &entry.tests;
    case Column::kProposed:
      return &entry.proposed;
    default:
      return nullptr;
  }
}

std::vector<std::string>* texts_of(Entry& entry, Column column) {
  return const_cast<std::vector<std::string>*>(texts_of(std::as_const(entry), column));
}

std::string column_names() {
  return list_of({kColumns.begin(), kColumns.end()}, kColumns.size());
}

std::string nearest_column(std::string_view name) {
  return nearest(name, {kColumns.begin(), kColumns.end()});
}

Record::Record(Source& source, std::uint32_t row) : source_(source) {
  entry_.row = row;
}

void Record::report(Severity severity, std::string rule, std::string_view column,
                    std::string_view found, std::string remedy) {
  if (severity == Severity::kError) entry_.usable = false;
  source_.findings.push_back({severity, std::move(rule), source_.file, entry_.row,
                              std::string(column), shorten(found), std::move(remedy)});
}

std::optional<std::string> Record::clean(std::string_view column, std::string_view text,
                                         bool one_line) {
  if (!text::is_utf8(text)) {
    report(Severity::kError, "bad-utf8", column, text,
           "save the file as UTF-8 (in Excel: \"CSV UTF-8\")");
    return {};
  }
  if (unsigned code = 0; has_control(text, code)) {
    report(Severity::kError, "control-character", column, code_point(code),
           "delete the invisible character");
    return {};
  }
  std::string result = normalise(trim(text));
  if (one_line) std::replace(result.begin(), result.end(), '\n', ' ');
  return result;
}

bool Record::fits(std::string_view column, std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return true;
  report(Severity::kError, "too-long", column, text,
         "it has " + std::to_string(text.size()) + " bytes; at most " + std::to_string(limit) +
             " fit (about " + std::to_string(limit / 2) + " Cyrillic or " + std::to_string(limit) +
             " Latin letters)");
  return false;
}

std::uint32_t Record::date(std::string_view column, const std::string& text) {
  if (text.empty()) return 0;
  if (const auto days = parse_date(text)) return *days;
  report(Severity::kWarning, "bad-date", column, text,
         "write the date as 2026-05-31 or 31.05.2026");
  return 0;
}

void Record::set(Column column, std::string_view text) {
  if (column == Column::kComments) {
    for (const std::string& line : split(text, "\r\n")) add_comment_line(line);
  } else if (column == Column::kTags) {
    for (const std::string& tag : split(text, ",;\r\n")) add(column, tag);
  } else if (texts_of(entry_, column) != nullptr) {
    std::string lines(text);
    replace_bars(lines);
    for (const std::string& line : split(lines, "\r\n")) add(column, line);
  } else if (const auto cleaned = clean(column_name(column), text, column != Column::kAnswer)) {
    set_text(column, *cleaned);
  }
}

void Record::set_text(Column column, const std::string& text) {
  const std::string name = column_name(column);
  snapshot::Version& version = entry_.version;
  switch (column) {
    case Column::kId:
      entry_.id = text;
      if (fits(name, text, kMaxId) && !is_id(text))
        report(Severity::kError, "bad-id", name, text,
               "an id has no spaces, quotes, brackets, # or %; write it like tariff-change");
      break;
    case Column::kLang:
      version.language = text;
      break;
    case Column::kCategory:
      if (fits(name, text, kMaxId)) entry_.category = text;
      break;
    case Column::kTitle:
      if (fits(name, text, kMaxTitle)) version.title = text;
      break;
    case Column::kAnswer:
      if (fits(name, text, kMaxAnswer)) version.answer = text;
      break;
    case Column::kAuthor:
      if (fits(name, text, kMaxPerson)) version.author = text;
      break;
    case Column::kRole:
      if (fits(name, text, kMaxPerson)) version.role = text;
      break;
    case Column::kUpdated:
      version.updated = date(name, text);
      break;
    case Column::kUrl:
      version.url = address(name, text);
      break;
    case Column::kPicture:
      version.picture = address(name, text);
      break;
    case Column::kPhrasings:
    case Column::kComments:
    case Column::kTags:
    case Column::kTests:
    case Column::kProposed:
      break;  // set() splits them
  }
}

std::string Record::address(std::string_view column, const std::string& text) {
  if (text.empty() || !fits(column, text, kMaxUrl)) return {};
  if (!text.starts_with("https://")) {
    report(Severity::kError, "bad-link", column, text, "a full address that begins with https://");
    return {};
  }
  if (!is_https_address(text))
    report(Severity::kWarning, "dead-link", column, text, "this is not a valid address");
  return text;
}

void Record::add(Column column, std::string_view text) {
  if (column == Column::kComments) return add_comment_line(text);
  const std::string name = column_name(column);
  const auto cleaned = clean(name, text, true);
  if (!cleaned || cleaned->empty()) return;
  if (!fits(name, *cleaned, column == Column::kTags ? kMaxTag : kMaxPhrasing)) return;
  if (auto* texts = texts_of(entry_, column)) texts->push_back(*cleaned);
}

void Record::add_comment_line(std::string_view line) {
  std::array<std::string_view, 3> parts;
  std::string_view rest = line;
  for (std::string_view& part : parts) {
    const std::size_t bar = rest.find('|');
    if (bar == std::string_view::npos) {
      report(Severity::kWarning, "comment-format", "comments", line, std::string(kCommentForm));
      return;
    }
    part = rest.substr(0, bar);
    rest.remove_prefix(bar + 1);
  }
  add_comment(parts[0], parts[1], parts[2], rest);
}

void Record::add_comment(std::string_view author, std::string_view role, std::string_view date_text,
                         std::string_view text, std::string_view picture) {
  constexpr std::string_view kName = "comments";
  const auto who = clean(kName, author, true);
  const auto as = clean(kName, role, true);
  const auto when = clean(kName, date_text, true);
  const auto what = clean(kName, text, false);
  const auto face = clean(kName, picture, true);
  if (!who || !as || !when || !what || !face) return;
  if (what->empty()) {
    report(Severity::kWarning, "comment-format", kName, *who, std::string(kCommentForm));
    return;
  }
  if (!fits(kName, *who, kMaxPerson) || !fits(kName, *as, kMaxPerson) ||
      !fits(kName, *what, kMaxComment))
    return;
  entry_.version.comments.push_back({*who, *as, *what, date(kName, *when), address(kName, *face)});
}

void Record::finish() {
  const auto count = [this](Column column, std::size_t limit) {
    const auto* texts = texts_of(entry_, column);
    const std::size_t size = texts ? texts->size() : entry_.version.comments.size();
    if (size <= limit) return;
    report(Severity::kError, "too-many", column_name(column), std::to_string(size),
           "at most " + std::to_string(limit) + " in one language of a topic");
  };
  count(Column::kPhrasings, kMaxPhrasings);
  count(Column::kComments, kMaxComments);
  count(Column::kTags, kMaxTags);
  count(Column::kTests, kMaxPhrasings);
  count(Column::kProposed, kMaxPhrasings);
  if (entry_.id.empty() && entry_.usable)
    report(Severity::kError, "missing-id", "id", "",
           "give every record an id; the languages of one topic share it");
  source_.entries.push_back(std::move(entry_));
}

}  // namespace askus::faq
