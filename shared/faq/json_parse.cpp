#include "shared/faq/json_parse.h"

#include <cmath>
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

// The library's sentence without its own name and number.
std::string sentence(std::string_view what) {
  const std::size_t colon = what.find(": ");
  return std::string(colon == std::string_view::npos ? what : what.substr(colon + 2));
}

// Builds the value out of the parser's events, and notes what they tell beside it. Errors are an
// event too: nothing is thrown, for the wasm build has no exceptions.
class Builder final : public nlohmann::json_sax<json> {
 public:
  Builder(ParsedJson& parsed, const std::uint32_t& line) : parsed_(parsed), line_(line) {}

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t& text) override {
    return std::isfinite(value) ? put(value) : fail("the number is too large: " + text);
  }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t& value) override { return put(json::binary(std::move(value))); }
  bool start_object(std::size_t) override {
    parsed_.objects.push_back({static_cast<int>(open_.size()), outer_key_, line_});
    keys_.emplace_back();
    return begin(json::object());
  }
  bool key(string_t& value) override {
    if (open_.size() == 1) outer_key_ = value;
    if (!keys_.back().insert(value).second) parsed_.repeated.push_back({line_, value});
    slot_ = &(*open_.back())[value];
    return true;
  }
  bool end_object() override {
    keys_.pop_back();
    open_.pop_back();
    return true;
  }
  bool start_array(std::size_t) override { return begin(json::array()); }
  bool end_array() override {
    open_.pop_back();
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const json::exception& error) override {
    return fail(sentence(error.what()));
  }

 private:
  bool fail(std::string text) {
    if (!parsed_.error) parsed_.error = JsonProblem{line_, std::move(text)};
    return false;
  }
  json* add(json value) {
    if (open_.empty()) {
      parsed_.value = std::move(value);
      return &parsed_.value;
    }
    if (open_.back()->is_object()) {
      *slot_ = std::move(value);
      return slot_;
    }
    open_.back()->push_back(std::move(value));
    return &open_.back()->back();
  }
  bool put(json value) {
    add(std::move(value));
    return true;
  }
  bool begin(json empty) {
    if (open_.size() == kMaxJsonDepth)
      return fail("lists and objects stand in each other more than " +
                  std::to_string(kMaxJsonDepth) + " deep");
    open_.push_back(add(std::move(empty)));
    return true;
  }

  ParsedJson& parsed_;
  const std::uint32_t& line_;
  std::vector<json*> open_;  // the objects and arrays around, the innermost last
  json* slot_ = nullptr;     // where the open object's next value goes
  std::vector<std::set<std::string>> keys_;
  std::string outer_key_;
};

}  // namespace

ParsedJson parse_json(std::string_view bytes, std::uint32_t first_line) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  ParsedJson parsed;
  std::uint32_t line = first_line;
  Builder builder(parsed, line);
  json::sax_parse(CountingIterator(bytes.data(), &line),
                  CountingIterator(bytes.data() + bytes.size(), &line), &builder);
  if (parsed.error) parsed.value = json(json::value_t::discarded);
  return parsed;
}

}  // namespace askus::faq
