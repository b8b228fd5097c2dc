#include "server-stub/config/json_lines.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

namespace askus::config {
namespace {

using Json = nlohmann::json;

// Walks over the text and tells how far the parser has read.
struct Cursor {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  const char* at;
  const char** furthest;

  reference operator*() const { return *at; }
  Cursor& operator++() {
    ++at;
    *furthest = std::max(*furthest, at);
    return *this;
  }
  Cursor operator++(int) {
    const Cursor before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Cursor& other) const { return at == other.at; }
  bool operator!=(const Cursor& other) const { return at != other.at; }
};

// Notes the line of each key and of each member of a list. A text ends where the parser stands; a
// number is noted at most one character late.
class Noter : public nlohmann::json_sax<Json> {
 public:
  Noter(const char* begin, const char* const& furthest, std::map<std::string, int>& lines)
      : counted_(begin), furthest_(furthest), lines_(lines) {}

  const std::string& problem() const { return problem_; }

  bool null() override { return member(); }
  bool boolean(bool) override { return member(); }
  bool number_integer(number_integer_t) override { return member(); }
  bool number_unsigned(number_unsigned_t) override { return member(); }
  bool number_float(number_float_t, const string_t&) override { return member(); }
  bool string(string_t&) override { return member(); }
  bool binary(binary_t&) override { return member(); }
  bool start_object(std::size_t) override { return open(false); }
  bool start_array(std::size_t) override { return open(true); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& key) override {
    Level& level = levels_.back();
    level.name = key;
    if (!level.seen.insert(key).second) {
      problem_ = std::to_string(line()) + ": " + path() + ": the key is given twice";
      return false;
    }
    lines_[path()] = line();
    return true;
  }

  bool parse_error(std::size_t, const std::string&,
                   const nlohmann::detail::exception& error) override {
    std::string text = error.what();
    // The library's own prefix: "[json.exception.parse_error.101] ".
    text.erase(0, text.find("] ") == std::string::npos ? 0 : text.find("] ") + 2);
    problem_ = std::to_string(line()) + ": not JSON: " + text;
    return false;
  }

 private:
  struct Level {
    bool list = false;
    std::size_t index = 0;
    std::string name;
    std::set<std::string> seen;
  };

  int line() {
    line_ += static_cast<int>(std::count(counted_, furthest_, '\n'));
    counted_ = furthest_;
    return line_;
  }

  std::string path() const {
    std::string path;
    for (const Level& level : levels_)
      path += "/" + (level.list ? std::to_string(level.index) : level.name);
    return path;
  }

  bool member() {
    if (levels_.empty() || !levels_.back().list) return true;
    lines_[path()] = line();
    ++levels_.back().index;
    return true;
  }

  bool open(bool list) {
    if (!levels_.empty() && levels_.back().list) lines_[path()] = line();
    levels_.push_back({list, 0, {}, {}});
    return true;
  }

  bool close() {
    levels_.pop_back();
    if (!levels_.empty() && levels_.back().list) ++levels_.back().index;
    return true;
  }

  const char* counted_;
  const char* const& furthest_;
  std::map<std::string, int>& lines_;
  std::vector<Level> levels_;
  std::string problem_;
  int line_ = 1;
};

}  // namespace

Result<JsonLines> parse_with_lines(std::string_view json) {
  JsonLines result;
  const char* furthest = json.data();
  Noter noter(json.data(), furthest, result.lines);
  const Cursor begin{json.data(), &furthest}, end{json.data() + json.size(), &furthest};
  if (!Json::sax_parse(begin, end, &noter)) return Error{Code::kMalformed, noter.problem()};
  result.value = Json::parse(json, nullptr, false);
  return result;
}

}  // namespace askus::config
