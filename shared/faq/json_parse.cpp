#include "shared/faq/json_parse.h"

#include <iterator>
#include <set>

namespace askus::faq {
namespace {

using nlohmann::json;

// Walks the bytes and counts the lines that the parser has consumed.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, std::uint32_t* line) : at_(at), line_(line) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    if (*at_ == '\n') ++*line_;
    ++at_;
    return *this;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }

 private:
  const char* at_;
  std::uint32_t* line_;
};

// What the parser's events tell beside the value.
struct Notes {
  ParsedJson& parsed;
  const std::uint32_t& line;
  std::vector<std::set<std::string>> keys;
  std::string outer_key;

  void on(int depth, json::parse_event_t event, const json& value) {
    if (event == json::parse_event_t::object_start) {
      parsed.objects.push_back({depth, outer_key, line});
      keys.emplace_back();
    } else if (event == json::parse_event_t::object_end) {
      keys.pop_back();
    } else if (event == json::parse_event_t::key) {
      const auto& key = value.get_ref<const std::string&>();
      if (depth == 1) outer_key = key;
      if (!keys.back().insert(key).second) parsed.repeated.push_back({line, key});
    }
  }
};

// The library's sentence without its own name and number.
std::string sentence(std::string_view what) {
  const std::size_t colon = what.find(": ");
  return std::string(colon == std::string_view::npos ? what : what.substr(colon + 2));
}

}  // namespace

ParsedJson parse_json(std::string_view bytes, std::uint32_t first_line) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  ParsedJson parsed;
  std::uint32_t line = first_line;
  Notes notes{parsed, line, {}, {}};
  const auto callback = [&notes](int depth, json::parse_event_t event, json& value) {
    notes.on(depth, event, value);
    return true;
  };
  try {
    parsed.value = json::parse(CountingIterator(bytes.data(), &line),
                               CountingIterator(bytes.data() + bytes.size(), &line), callback);
  } catch (const json::exception& error) {
    parsed.value = json(json::value_t::discarded);
    parsed.error = JsonProblem{line, sentence(error.what())};
  }
  return parsed;
}

}  // namespace askus::faq
