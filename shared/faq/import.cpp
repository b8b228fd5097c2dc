#include "shared/faq/import.h"

#include <algorithm>
#include <array>

#include "shared/faq/dates.h"
#include "shared/faq/import_article.h"
#include "shared/faq/json_parse.h"
#include "shared/faq/words.h"

namespace askus::faq {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 5> kOrigins{"zendesk", "intercom", "helpscout", "freshdesk",
                                                   "page"};

const json kNothing;

// The value at that key; null where there is none.
const json& at(const json& object, std::string_view key) {
  if (!object.is_object()) return kNothing;
  const auto found = object.find(std::string(key));
  return found == object.end() ? kNothing : *found;
}

// The list; an empty one for any other value.
const json& list_in(const json& value) {
  static const json kNoList = json::array();
  return value.is_array() ? value : kNoList;
}

const json& first_of(const json& list) {
  return list.is_array() && !list.empty() ? list.front() : kNothing;
}

std::string joined_tags(const json& list) {
  std::string tags;
  for (const json& tag : list_in(list)) {
    if (tag.is_string()) tags += tag.get_ref<const std::string&>() + "\n";
  }
  return tags;
}

// The day of a time in seconds since 1970, as Intercom has them.
std::string day_of_seconds(const json& value) {
  constexpr std::uint64_t kDay = 86'400, kLastDay = 2'932'896;  // 9999-12-31
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() / kDay > kLastDay) return {};
  return format_date(static_cast<std::uint32_t>(value.get<std::uint64_t>() / kDay));
}

// The name of the section, folder or collection with that id, where the export lists them.
std::string name_in(const json& list, std::string_view id) {
  for (const json& element : list_in(list)) {
    if (!id.empty() && text_at(element, "id") == id) return text_at(element, "name");
  }
  return {};
}

// Zendesk Guide, GET /api/v2/help_center/articles: {"articles": [...], "sections": [...]}.
void import_zendesk(Articles& to, const json& file) {
  for (const json& from : list_in(at(file, "articles"))) {
    const std::string id = text_at(from, "id");
    if (at(from, "draft") == true) {
      to.skip(id, "it is a draft; publish it there first");
      continue;
    }
    to.add({id, language_of_locale(text_at(from, "locale")),
            name_in(at(file, "sections"), text_at(from, "section_id")), text_at(from, "title"),
            text_at(from, "body"), joined_tags(at(from, "label_names")),
            text_at(from, at(from, "edited_at").is_string() ? "edited_at" : "updated_at"),
            text_at(from, "html_url")});
  }
}

void add_intercom(Articles& to, const std::string& id, const std::string& language,
                  const json& from) {
  if (text_at(from, "state") != "published") return to.skip(id, "it is a draft; publish it there");
  to.add({id, language, "", text_at(from, "title"), text_at(from, "body"), "",
          day_of_seconds(at(from, "updated_at")), text_at(from, "url")});
}

// Intercom, GET /articles: {"type": "list", "data": [...]}; translations stand in the article.
void import_intercom(Articles& to, const json& file) {
  for (const json& from : list_in(at(file, "data"))) {
    const std::string id = text_at(from, "id");
    const std::string language = language_of_locale(text_at(from, "default_locale"));
    add_intercom(to, id, language, from);
    const json& translations = at(from, "translated_content");
    if (!translations.is_object()) continue;
    for (const auto& [locale, translation] : translations.items()) {
      if (text_at(translation, "type") != "article_content") continue;
      if (language_of_locale(locale) != language)
        add_intercom(to, id, language_of_locale(locale), translation);
    }
  }
}

// The articles of Help Scout Docs, GET /v1/articles/{id}: {"article": {...}}; several such answers
// may stand in a list, or their articles as {"articles": {"items": [...]}}.
std::vector<const json*> help_scout_articles(const json& file) {
  std::vector<const json*> found;
  for (const json& item : list_in(at(at(file, "articles"), "items"))) found.push_back(&item);
  if (at(file, "article").is_object()) found.push_back(&at(file, "article"));
  for (const json& answer : list_in(file)) {
    if (at(answer, "article").is_object()) found.push_back(&at(answer, "article"));
  }
  return found;
}

void import_help_scout(Articles& to, const json& file) {
  for (const json* const from : help_scout_articles(file)) {
    const std::string id = text_at(*from, "id");
    if (text_at(*from, "status") != "published") {
      to.skip(id, "it is not published; publish it there first");
    } else if (!at(*from, "text").is_string()) {
      to.skip(id, "the list names it only; its text is in the answer to GET /v1/articles/" + id);
    } else {
      to.add({id, "", "", text_at(*from, "name"), text_at(*from, "text"),
              joined_tags(at(*from, "keywords")), text_at(*from, "updatedAt"),
              text_at(*from, "publicUrl")});
    }
  }
}

// Freshdesk, GET /api/v2/solutions/folders/{id}/articles: a list.
void import_freshdesk(Articles& to, const json& file) {
  constexpr int kPublished = 2;
  for (const json& from : list_in(file)) {
    const std::string id = text_at(from, "id");
    if (at(from, "status") != kPublished) {
      to.skip(id, "it is a draft; publish it there first");
      continue;
    }
    to.add({id, language_of_locale(text_at(from, "language")), "", text_at(from, "title"),
            text_at(from, "description"), joined_tags(at(from, "tags")),
            text_at(from, "updated_at"), ""});
  }
}

bool is_zendesk(const json& file) {
  const json& first = first_of(at(file, "articles"));
  return at(first, "body").is_string() && at(first, "locale").is_string();
}

bool is_intercom(const json& file) {
  return text_at(file, "type") == "list" &&
         text_at(first_of(at(file, "data")), "type") == "article";
}

bool is_freshdesk(const json& file) {
  const json& first = first_of(file);
  return at(first, "folder_id").is_number() && at(first, "description").is_string();
}

std::optional<Origin> origin_in(const json& file) {
  if (is_zendesk(file)) return Origin::kZendesk;
  if (is_intercom(file)) return Origin::kIntercom;
  if (!help_scout_articles(file).empty()) return Origin::kHelpScout;
  if (is_freshdesk(file)) return Origin::kFreshdesk;
  return {};
}

void import_json(Articles& to, std::string_view bytes, Origin origin) {
  const ParsedJson parsed = parse_json(bytes);
  if (parsed.error)
    return to.refuse("bad-json", parsed.error->line, parsed.error->text, "export the file again");
  switch (origin) {
    case Origin::kZendesk:
      return import_zendesk(to, parsed.value);
    case Origin::kIntercom:
      return import_intercom(to, parsed.value);
    case Origin::kHelpScout:
      return import_help_scout(to, parsed.value);
    case Origin::kFreshdesk:
      return import_freshdesk(to, parsed.value);
    case Origin::kPage:
      break;
  }
}

}  // namespace

std::optional<Origin> origin_of(std::string_view name) {
  const auto* const found = std::find(kOrigins.begin(), kOrigins.end(), name);
  if (found == kOrigins.end()) return {};
  return static_cast<Origin>(found - kOrigins.begin());
}

std::optional<Origin> guess_origin(std::string_view bytes) {
  const std::string_view text = trim(bytes);
  if (text.starts_with('<')) return Origin::kPage;
  if (!text.starts_with('{') && !text.starts_with('[')) return {};
  const ParsedJson parsed = parse_json(text);
  return parsed.error ? std::optional<Origin>() : origin_in(parsed.value);
}

Source import(std::string_view file, std::string_view bytes, Origin origin,
              const HtmlReader& reader) {
  Source source;
  source.file = std::string(file);
  Articles articles(source, reader);
  if (origin == Origin::kPage)
    import_page(articles, bytes, reader);
  else
    import_json(articles, bytes, origin);
  if (source.entries.empty() && source.findings.empty())
    articles.refuse("no-topics", 0, "",
                    "there is no article of " +
                        std::string(kOrigins[static_cast<std::size_t>(origin)]) + " in the file");
  return source;
}

}  // namespace askus::faq
