#include <algorithm>
#include <vector>

#include "shared/faq/import_article.h"
#include "shared/faq/json_parse.h"
#include "shared/faq/words.h"

namespace askus::faq {
namespace {

using nlohmann::json;

constexpr std::string_view kJsonLd = "application/ld+json";

// The page's language and its JSON-LD scripts.
class PageSink final : public HtmlSink {
 public:
  void open(std::string_view name, const Attributes& attributes) override {
    if (const auto lang = attributes.find("lang"); name == "html" && lang != attributes.end())
      language = lang->second;
    const auto type = attributes.find("type");
    inside_ = name == "script" && type != attributes.end() && lower(trim(type->second)) == kJsonLd;
    if (inside_) scripts.emplace_back();
  }
  void close(std::string_view) override { inside_ = false; }
  void text(std::string_view text) override {
    if (inside_) scripts.back() += text;
  }

  std::string language;
  std::vector<std::string> scripts;

 private:
  bool inside_ = false;
};

const json* find(const json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

// "@type" is a name or a list of them.
bool is_type(const json& object, std::string_view wanted) {
  const json* const type = find(object, "@type");
  if (type == nullptr) return false;
  if (type->is_string()) return type->get_ref<const std::string&>() == wanted;
  return type->is_array() && std::find(type->begin(), type->end(), wanted) != type->end();
}

// A property may hold one thing or a list of them.
std::vector<const json*> all_of(const json* value) {
  std::vector<const json*> all;
  if (value == nullptr) return all;
  if (!value->is_array()) return {value};
  for (const json& element : *value) all.push_back(&element);
  return all;
}

class PageReader {
 public:
  PageReader(Articles& to, std::string language) : to_(to), language_(std::move(language)) {}

  // The questions anywhere in it.
  void read(const json& value, const std::string& language) {
    if (value.is_array()) {
      for (const json& element : value) read(element, language);
    } else if (value.is_object()) {
      const std::string own = text_at(value, "inLanguage");
      const std::string& here = own.empty() ? language : own;
      if (is_type(value, "Question")) return question(value, here);
      for (const json& inner : value) {
        if (inner.is_structured()) read(inner, here);
      }
    }
  }
  void read(const json& value) { read(value, language_); }

 private:
  void question(const json& value, const std::string& language) {
    ++count_;
    const std::string title = text_at(value, "name");
    const std::string id = id_of(value);
    const auto accepted = all_of(find(value, "acceptedAnswer"));
    const auto suggested = all_of(find(value, "suggestedAnswer"));
    if (accepted.empty() && suggested.empty()) return to_.skip(title, "it has no answer");
    const json& answer = accepted.empty() ? *suggested.front() : *accepted.front();
    const std::string modified = text_at(answer, "dateModified");
    to_.add({id, language_of_locale(language), "", title, text_at(answer, "text"), "",
             modified.empty() ? text_at(value, "dateModified") : modified, text_at(value, "url")});
    const std::size_t others = accepted.size() + suggested.size() - 1;
    if (others > 0) to_.skip(title, std::to_string(others) + " further answers are left out");
  }
  // What is behind # in its address; else its number on the page.
  std::string id_of(const json& value) const {
    const std::string address = text_at(value, "@id");
    const std::size_t hash = address.find('#');
    if (hash != std::string::npos && hash + 1 < address.size()) return address.substr(hash + 1);
    return "faq-" + std::to_string(count_);
  }

  Articles& to_;
  std::string language_;
  std::size_t count_ = 0;
};

}  // namespace

void import_page(Articles& to, std::string_view html, const HtmlReader& reader) {
  PageSink page;
  if (const Status read = reader(html, page); !read)
    return to.refuse("too-long", 0, "", read.error().text);
  PageReader questions(to, page.language);
  for (const std::string& script : page.scripts) {
    const ParsedJson parsed = parse_json(script);
    if (parsed.error)
      to.refuse("bad-json", 0, parsed.error->text, "the page's JSON-LD is broken");
    else
      questions.read(parsed.value);
  }
}

}  // namespace askus::faq
