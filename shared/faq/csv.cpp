#include "shared/faq/csv.h"

#include <csv.h>

#include <algorithm>
#include <cstring>

namespace askus::faq {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kSeparatorLine = "sep=";
constexpr std::size_t kBlock = 4096;      // libcsv's buffer grows by this many bytes
constexpr std::size_t kShownBytes = 400;  // of a break's text, shortened further when shown

std::string_view without_mark(std::string_view bytes) {
  return bytes.starts_with(kByteOrderMark) ? bytes.substr(kByteOrderMark.size()) : bytes;
}

// Feeds libcsv byte by byte: it tells neither where a row started nor which line broke.
class Reader {
 public:
  Reader(std::string_view bytes, char separator) : bytes_(bytes), separator_(separator) {}
  CsvFile read();

 private:
  static void on_cell(void* data, std::size_t size, void* self) {
    static_cast<Reader*>(self)->row_.cells.emplace_back(static_cast<const char*>(data), size);
  }
  static void on_row(int, void* self) { static_cast<Reader*>(self)->finish_row(); }

  void finish_row() {
    row_.line = start_line_;
    file_.rows.push_back(std::move(row_));
    row_ = {};
    inside_ = false;
  }
  void skip_separator_line();
  void give_up_row(std::size_t end);
  bool feed_one(csv_parser& parser);

  std::string_view bytes_;
  char separator_;
  CsvFile file_;
  Row row_;
  std::size_t pos_ = 0, start_ = 0;  // start_: of the row
  std::uint32_t line_ = 1, start_line_ = 1;
  bool inside_ = false;  // a row has begun
};

void Reader::skip_separator_line() {
  if (!bytes_.starts_with(kSeparatorLine)) return;
  pos_ = std::min(bytes_.find('\n'), bytes_.size() - 1) + 1;
  line_ = 2;
}

// Notes the broken row, and goes on behind `end`, the end of a line.
void Reader::give_up_row(std::size_t end) {
  const std::string_view lost = bytes_.substr(start_, end - start_);
  const auto newlines = static_cast<std::uint32_t>(std::count(lost.begin(), lost.end(), '\n'));
  file_.breaks.push_back({start_line_, start_line_ + newlines, row_.cells.size(),
                          std::string(lost.substr(0, std::min(lost.find('\n'), kShownBytes)))});
  line_ = start_line_ + newlines;
  pos_ = end;
  row_ = {};
  inside_ = false;
}

// The byte at pos_; false when it breaks the format.
bool Reader::feed_one(csv_parser& parser) {
  const char c = bytes_[pos_];
  if (!inside_ && c != '\n' && c != '\r') {
    inside_ = true;
    start_ = pos_;
    start_line_ = line_;
  }
  if (csv_parse(&parser, &c, 1, on_cell, on_row, this) != 1) return false;
  if (c == '\n' || (c == '\r' && (pos_ + 1 == bytes_.size() || bytes_[pos_ + 1] != '\n'))) ++line_;
  ++pos_;
  return true;
}

CsvFile Reader::read() {
  skip_separator_line();
  while (pos_ < bytes_.size()) {
    csv_parser parser;
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&parser, static_cast<unsigned char>(separator_));
    csv_set_blk_size(&parser, kBlock);
    bool good = true;
    while (good && pos_ < bytes_.size()) good = feed_one(parser);
    if (good) {
      csv_fini(&parser, on_cell, on_row, this);
      // An open quote swallowed the rest of the file.
      if (csv_error(&parser) != CSV_SUCCESS) give_up_row(bytes_.size());
    } else {
      give_up_row(std::min(bytes_.find('\n', pos_), bytes_.size()));
    }
    csv_free(&parser);
  }
  return std::move(file_);
}

}  // namespace

char guess_separator(std::string_view bytes) {
  bytes = without_mark(bytes);
  if (bytes.starts_with(kSeparatorLine) && bytes.size() > kSeparatorLine.size())
    return bytes[kSeparatorLine.size()];
  constexpr std::string_view kSeparators = ",;\t";
  std::size_t counts[3] = {};
  bool quoted = false;
  for (const char c : bytes) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    if (const auto at = kSeparators.find(c); at != std::string_view::npos) ++counts[at];
  }
  return kSeparators[static_cast<std::size_t>(std::max_element(counts, counts + 3) - counts)];
}

CsvFile read_csv(std::string_view bytes, char separator) {
  return Reader(without_mark(bytes), separator).read();
}

std::string write_csv(const Table& table) {
  std::string out(kByteOrderMark);
  for (const Row& row : table) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string cell = guard_cell(row.cells[i]);
      if (i > 0) out.push_back(',');
      const std::size_t start = out.size();
      out.resize(start + csv_write(nullptr, 0, cell.data(), cell.size()));
      csv_write(out.data() + start, out.size() - start, cell.data(), cell.size());
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace askus::faq
