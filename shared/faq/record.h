// One row of a CSV file or one JSON object on its way to an Entry: the same rules for both.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/faq/source.h"

namespace askus::faq {

enum class Column : std::uint8_t {
  kId,
  kLang,
  kCategory,
  kTitle,
  kPhrasings,
  kAnswer,
  kComments,
  kTags,
  kAuthor,
  kRole,
  kUpdated,
  kUrl,
  kPicture,
  kTests,
  kProposed
};
inline constexpr Column kLastColumn = Column::kProposed;

// By a column's or key's name, in any case; "body" is "answer".
std::optional<Column> column_of(std::string_view name);
std::string column_name(Column column);
bool is_list(Column column);  // phrasings, comments, tags, tests, proposed
// The texts of a list column; null: it has none (comments have parts).
std::vector<std::string>* texts_of(Entry& entry, Column column);
const std::vector<std::string>* texts_of(const Entry& entry, Column column);
// "id, lang, ...", for remedies.
std::string column_names();
// The known name most like this one, or empty.
std::string nearest_column(std::string_view name);

// Collects the fields of one record. Every text may be any bytes: it is checked, normalised and
// measured here.
class Record {
 public:
  // `source` receives findings and, by finish(), the entry; it must outlive the record.
  Record(Source& source, std::uint32_t row);

  // A column's text, as a spreadsheet's cell holds it; lists are split.
  void set(Column column, std::string_view text);
  // One element of a list column.
  void add(Column column, std::string_view text);
  // A comment whose parts are known apart. `date` is empty or a date, `picture` empty or an
  // address.
  void add_comment(std::string_view author, std::string_view role, std::string_view date,
                   std::string_view text, std::string_view picture = {});

  void report(Severity severity, std::string rule, std::string_view column, std::string_view found,
              std::string remedy);
  // Checks what concerns the record as a whole and appends the entry to the source.
  void finish();

 private:
  std::optional<std::string> clean(std::string_view column, std::string_view text, bool one_line);
  bool fits(std::string_view column, std::string_view text, std::size_t limit);
  void set_text(Column column, const std::string& text);
  void add_comment_line(std::string_view line);
  // The address when it can be one, else empty and reported.
  std::string address(std::string_view column, const std::string& text);
  std::uint32_t date(std::string_view column, const std::string& text);

  Source& source_;
  Entry entry_;
};

}  // namespace askus::faq
