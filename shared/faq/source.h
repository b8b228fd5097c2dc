// Reads a FAQ's source formats: CSV, JSON, JSON Lines, and site.json. Bytes in, values out; no
// files. docs/faq-format.md is the specification. nlohmann/json and libcsv do the parsing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/snapshot/model.h"

namespace askus::faq {

enum class Severity : std::uint8_t { kWarning, kError };

// One thing that is wrong with a source, for the marketer who mends it.
struct Finding {
  Severity severity = Severity::kError;
  std::string rule;       // stable kebab-case name, e.g. "duplicate-id"
  std::string file;       // as given to parse()
  std::uint32_t row = 0;  // line of the file where the record starts, 1-based; 0: the whole file
  std::string column;     // key or column name, or empty
  std::string found;      // the offending value, shortened
  std::string remedy;     // what would be right
  bool operator==(const Finding&) const = default;
};

// "faq.csv:12: error [unknown-category] category: found "biling"; use one of ..."
std::string to_text(const Finding& finding);

// One row or record: one language of a topic, and where it came from.
struct Entry {
  std::string id, category;
  snapshot::Version version;
  // Questions that must find this topic. They stay with the source: no visitor downloads them.
  std::vector<std::string> tests{};
  // Those of its phrasings that a language model proposed and a person has taken. They stay with
  // the source, too.
  std::vector<std::string> proposed{};
  std::uint32_t row = 0;
  bool usable = true;  // false: parsing found an error in it; it is checked, but never built
};

struct Source {
  std::string file;
  std::vector<Entry> entries;
  std::vector<Finding> findings;  // what parsing itself found
};

enum class Format : std::uint8_t { kCsv, kJson, kJsonLines };

// By the name's ending, else by the first significant byte.
Format guess_format(std::string_view file, std::string_view bytes);

// Parses everything that can be parsed; each record that cannot is a finding, never a silent loss.
Source parse(std::string_view file, std::string_view bytes, Format format);

// The entries as JSON Lines that parse() reads back as the same entries; table.h has the cells.
std::string write_json_lines(const std::vector<Entry>& entries);

// site.json. Unknown keys and wrong types are findings.
struct SettingsSource {
  std::string file;  // as given, for findings; empty: there is no settings file
  snapshot::Settings settings;
  // Days after which an answer wants to be looked at again; 0: never. For the marketer only: it is
  // no part of a snapshot.
  std::uint32_t review_after_days = 0;
  std::vector<Finding> findings;
};
SettingsSource parse_settings(std::string_view file, std::string_view bytes);

// A site.json that parse_settings() reads back as the same.
std::string write_settings(const snapshot::Settings& settings, std::uint32_t review_after_days);

}  // namespace askus::faq
