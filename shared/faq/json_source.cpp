#include <algorithm>

#include "shared/faq/dates.h"
#include "shared/faq/formats.h"
#include "shared/faq/json_parse.h"
#include "shared/faq/record.h"
#include "shared/faq/words.h"

namespace askus::faq {
namespace {

using nlohmann::json;

constexpr std::string_view kTopics = "topics";

std::string shown(const json& value) {
  return value.is_string() ? value.get<std::string>()
                           : value.dump(-1, ' ', false, json::error_handler_t::replace);
}

void report(Source& source, Severity severity, std::string rule, std::uint32_t row,
            std::string column, std::string_view found, std::string remedy) {
  source.findings.push_back({severity, std::move(rule), source.file, row, std::move(column),
                             shorten(found), std::move(remedy)});
}

void wrong_type(Record& record, std::string_view column, const json& value, std::string wanted) {
  record.report(Severity::kError, "wrong-type", column, shown(value), std::move(wanted));
}

// {author, role, date, text, picture}; null and missing parts are empty.
void read_comment(Record& record, const json& comment) {
  std::string parts[5];
  constexpr std::string_view kParts[] = {"author", "role", "date", "text", "picture"};
  for (const auto& [key, value] : comment.items()) {
    const auto* const part = std::find(std::begin(kParts), std::end(kParts), key);
    if (part == std::end(kParts))
      record.report(Severity::kWarning, "unknown-column", "comments", key,
                    "it is not read; a comment has author, role, date, text and picture");
    else if (value.is_string())
      parts[part - kParts] = value.get<std::string>();
    else if (!value.is_null())
      return wrong_type(record, "comments", value, "a text in quotes");
  }
  record.add_comment(parts[0], parts[1], parts[2], parts[3], parts[4]);
}

void read_list(Record& record, Column column, const json& list) {
  for (const json& element : list) {
    if (element.is_string())
      record.add(column, element.get_ref<const std::string&>());
    else if (column == Column::kComments && element.is_object())
      read_comment(record, element);
    else
      wrong_type(record, column_name(column), element,
                 column == Column::kComments ? "an object {author, role, date, text, picture}"
                                             : "a text in quotes");
  }
}

void read_field(Record& record, Column column, const json& value) {
  if (value.is_null()) return;
  if (value.is_string())
    record.set(column, value.get_ref<const std::string&>());
  else if (is_list(column) && value.is_array())
    read_list(record, column, value);
  else
    wrong_type(record, column_name(column), value,
               is_list(column) ? "a list of texts" : "a text in quotes");
}

void read_record(Source& source, const json& value, std::uint32_t row) {
  if (!value.is_object())
    return report(source, Severity::kError, "wrong-type", row, "", shown(value),
                  "each record is an object with the keys " + column_names());
  Record record(source, row);
  std::vector<Column> seen;
  for (const auto& [key, field] : value.items()) {
    const auto column = column_of(key);
    if (!column) {
      const std::string like = nearest_column(key);
      record.report(Severity::kWarning, "unknown-column", shorten(key), key,
                    like.empty() ? "it is not read; the keys are " + column_names()
                                 : "it is not read; did you mean \"" + like + "\"?");
    } else if (std::find(seen.begin(), seen.end(), *column) != seen.end()) {
      record.report(Severity::kError, "repeated-column", column_name(*column), key,
                    "keep one key of this name");
    } else {
      seen.push_back(*column);
      read_field(record, *column, field);
    }
  }
  record.finish();
}

json comment_json(const snapshot::Comment& comment) {
  json object{{"author", comment.author}, {"role", comment.role}, {"text", comment.text}};
  if (comment.date != 0) object["date"] = format_date(comment.date);
  if (!comment.picture.empty()) object["picture"] = comment.picture;
  return object;
}

json list_json(const Entry& entry, Column column) {
  if (const auto* texts = texts_of(entry, column)) return *texts;
  json list = json::array();
  for (const snapshot::Comment& comment : entry.version.comments)
    list.push_back(comment_json(comment));
  return list;
}

// What parsing itself found; false when there is no value.
bool read_problems(Source& source, const ParsedJson& parsed, std::string remedy) {
  for (const JsonProblem& key : parsed.repeated)
    report(source, Severity::kError, "repeated-column", key.line, shorten(key.text), key.text,
           "keep one key of this name");
  if (parsed.error)
    report(source, Severity::kError, "bad-json", parsed.error->line, "", parsed.error->text,
           std::move(remedy));
  return !parsed.error;
}

}  // namespace

void parse_json_file(Source& source, std::string_view bytes) {
  const ParsedJson parsed = parse_json(bytes);
  if (!read_problems(source, parsed,
                     "mend the JSON there (a file with one object a line ends in .jsonl)"))
    return;
  const json* list = &parsed.value;
  int depth = 1;
  if (parsed.value.is_object() && parsed.value.contains(kTopics)) {
    for (const auto& [key, value] : parsed.value.items()) {
      if (key != kTopics)
        report(source, Severity::kWarning, "unknown-column", 0, shorten(key), key,
               "it is not read; topics stand in \"topics\", settings in a file of their own");
    }
    list = &parsed.value.at(std::string(kTopics));
    depth = 2;
  }
  if (!list->is_array())
    return report(source, Severity::kError, "wrong-type", 1, "", shown(*list),
                  "the file is a list of objects, or {\"topics\": [...]}");
  std::vector<std::uint32_t> lines;
  for (const JsonPlace& place : parsed.objects) {
    if (place.depth == depth && place.under == (depth == 2 ? kTopics : ""))
      lines.push_back(place.line);
  }
  std::size_t object = 0;
  for (const json& element : *list) {
    const std::uint32_t line = object < lines.size() ? lines[object] : 0;
    if (element.is_object()) ++object;
    read_record(source, element, line);
  }
}

void parse_json_lines(Source& source, std::string_view bytes) {
  std::uint32_t row = 1;
  for (std::size_t start = 0; start < bytes.size(); ++row) {
    const std::size_t end = std::min(bytes.find('\n', start), bytes.size());
    const std::string_view line = bytes.substr(start, end - start);
    start = end + 1;
    if (trim(line).empty()) continue;
    const ParsedJson parsed = parse_json(line, row);
    if (read_problems(source, parsed, "each line holds one JSON object"))
      read_record(source, parsed.value, row);
  }
}

bool set_json_list(Record& record, Column column, std::string_view cell) {
  if (!trim(cell).starts_with('[')) return false;
  const ParsedJson parsed = parse_json(cell);
  const bool comments = column == Column::kComments;
  if (parsed.error || !parsed.value.is_array() ||
      !std::all_of(parsed.value.begin(), parsed.value.end(), [&](const json& element) {
        return element.is_string() || (comments && element.is_object());
      }))
    return false;
  read_list(record, column, parsed.value);
  return true;
}

std::string json_fields(const std::vector<std::pair<std::string, std::string>>& fields) {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  for (const auto& [name, text] : fields) {
    object[name] = text;
    const auto column = column_of(name);
    if (!column || !is_list(*column) || !trim(text).starts_with('[')) continue;
    if (const ParsedJson parsed = parse_json(text); !parsed.error && parsed.value.is_array())
      object[name] = parsed.value;
  }
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string json_list(const Entry& entry, Column column) {
  return list_json(entry, column).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string write_json_lines(const std::vector<Entry>& entries) {
  std::string lines;
  for (const Entry& entry : entries) {
    const snapshot::Version& version = entry.version;
    nlohmann::ordered_json object{{"id", entry.id}};
    const auto add = [&](Column column, const json& value) {
      const bool blank = value.is_string() && value.get_ref<const std::string&>().empty();
      if (!value.empty() && !blank) object[column_name(column)] = value;
    };
    add(Column::kLang, version.language);
    add(Column::kCategory, entry.category);
    object["title"] = version.title;
    add(Column::kPhrasings, list_json(entry, Column::kPhrasings));
    object["answer"] = version.answer;
    add(Column::kComments, list_json(entry, Column::kComments));
    add(Column::kTags, list_json(entry, Column::kTags));
    add(Column::kAuthor, version.author);
    add(Column::kRole, version.role);
    add(Column::kUpdated, version.updated == 0 ? "" : format_date(version.updated));
    add(Column::kUrl, version.url);
    add(Column::kPicture, version.picture);
    add(Column::kTests, list_json(entry, Column::kTests));
    add(Column::kProposed, list_json(entry, Column::kProposed));
    lines += object.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
  }
  return lines;
}

}  // namespace askus::faq
