#include <algorithm>

#include "shared/faq/dates.h"
#include "shared/faq/formats.h"
#include "shared/faq/record.h"
#include "shared/faq/table.h"
#include "shared/text/utf8.h"

namespace askus::faq {
namespace {

constexpr std::size_t kColumnCount = static_cast<std::size_t>(kLastColumn) + 1;

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

std::string comment_lines(const std::vector<snapshot::Comment>& comments) {
  std::vector<std::string> lines;
  lines.reserve(comments.size());
  for (const snapshot::Comment& comment : comments)
    lines.push_back(comment.author + " | " + comment.role + " | " +
                    (comment.date == 0 ? "" : format_date(comment.date)) + " | " + comment.text);
  return joined(lines, "\n");
}

std::string plain_list(const Entry& entry, Column column) {
  if (column == Column::kComments) return comment_lines(entry.version.comments);
  return joined(*texts_of(entry, column), column == Column::kTags ? ", " : "\n");
}

bool same_list(const Entry& a, const Entry& b, Column column) {
  if (column == Column::kComments) return a.version.comments == b.version.comments;
  return *texts_of(a, column) == *texts_of(b, column);
}

// As people write it where that reads back as the same list, else as JSON.
std::string list_cell(const Entry& entry, Column column) {
  std::string plain = plain_list(entry, column);
  if (plain.empty()) return plain;
  Source read;
  Record record(read, 0);
  if (!set_json_list(record, column, plain)) record.set(column, plain);
  record.finish();
  return same_list(entry, read.entries.front(), column) ? plain : json_list(entry, column);
}

std::string cell_of(const Entry& entry, Column column) {
  const snapshot::Version& version = entry.version;
  switch (column) {
    case Column::kId:
      return entry.id;
    case Column::kLang:
      return version.language;
    case Column::kCategory:
      return entry.category;
    case Column::kTitle:
      return version.title;
    case Column::kAnswer:
      return version.answer;
    case Column::kAuthor:
      return version.author;
    case Column::kRole:
      return version.role;
    case Column::kUpdated:
      return version.updated == 0 ? "" : format_date(version.updated);
    case Column::kUrl:
      return version.url;
    case Column::kPicture:
      return version.picture;
    case Column::kPhrasings:
    case Column::kComments:
    case Column::kTags:
    case Column::kTests:
    case Column::kProposed:
      break;
  }
  return list_cell(entry, column);
}

// The text in pieces of at most `limit` UTF-16 units; one, perhaps empty, at least.
std::vector<std::string> pieces(const std::string& text, std::size_t limit) {
  if (limit == 0 || text.size() <= limit) return {text};
  std::vector<std::string> parts;
  std::size_t start = 0, units = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t before = pos;
    const std::size_t more = text::next(text, pos) > 0xFFFF ? 2 : 1;
    if (units + more > limit) {
      parts.push_back(text.substr(start, before - start));
      start = before;
      units = 0;
    }
    units += more;
  }
  parts.push_back(text.substr(start));
  return parts;
}

}  // namespace

Table to_table(const std::vector<Entry>& entries, std::size_t limit) {
  std::vector<std::vector<std::vector<std::string>>> cells;  // entry, column, piece
  std::vector<std::size_t> widths(kColumnCount, 0);          // in pieces; 0: not used
  for (const Column needed : {Column::kId, Column::kLang, Column::kTitle, Column::kAnswer})
    widths[static_cast<std::size_t>(needed)] = 1;
  for (const Entry& entry : entries) {
    auto& row = cells.emplace_back();
    for (std::size_t i = 0; i < kColumnCount; ++i) {
      row.push_back(pieces(cell_of(entry, static_cast<Column>(i)), limit));
      if (!row[i].front().empty()) widths[i] = std::max(widths[i], row[i].size());
    }
  }
  Table table(1);
  table.front().line = 1;
  for (std::size_t i = 0; i < kColumnCount; ++i) {
    const std::string name = column_name(static_cast<Column>(i));
    for (std::size_t part = 0; part < widths[i]; ++part)
      table.front().cells.push_back(part == 0 ? name : name + " " + std::to_string(part + 1));
  }
  for (auto& row : cells) {
    Row& out = table.emplace_back();
    out.line = static_cast<std::uint32_t>(table.size());
    for (std::size_t i = 0; i < kColumnCount; ++i) {
      row[i].resize(widths[i]);
      std::move(row[i].begin(), row[i].end(), std::back_inserter(out.cells));
    }
  }
  return table;
}

}  // namespace askus::faq
