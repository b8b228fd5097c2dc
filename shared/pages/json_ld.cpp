#include "shared/pages/json_ld.h"

#include <nlohmann/json.hpp>

#include "shared/faq/dates.h"
#include "shared/markup/escape.h"

namespace askus::pages {
namespace {

using Json = nlohmann::ordered_json;

std::string text(std::string_view from) {
  return markup::printable(from);
}

// Whatever is in a text, no "<" is left that could begin "</script" or "<!--".
std::string for_script(const Json& graph) {
  const Json document{{"@context", "https://schema.org"}, {"@graph", graph}};
  const std::string json = document.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string out;
  out.reserve(json.size());
  for (const char c : json) {
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  }
  return out;
}

Json organisation(const Place& place) {
  return {{"@type", "Organization"}, {"name", text(place.site_name())}};
}

Json breadcrumb_list(const Place& place, const std::vector<Crumb>& crumbs) {
  Json items = Json::array();
  for (const Crumb& crumb : crumbs)
    items.push_back({{"@type", "ListItem"},
                     {"position", items.size() + 1},
                     {"name", text(crumb.name)},
                     {"item", place.absolute(crumb.path)}});
  return {{"@type", "BreadcrumbList"}, {"itemListElement", std::move(items)}};
}

Json page(const Place& place, const char* type, std::string_view path, std::string_view name) {
  return {{"@type", type},
          {"@id", place.absolute(path)},
          {"url", place.absolute(path)},
          {"name", text(name)},
          {"inLanguage", place.language.tag}};
}

Json answer_of(const Entry& entry, std::string_view html) {
  Json answer{{"@type", "Answer"}, {"text", text(html)}};
  const std::string author = text(snapshot::view(entry.version->author()));
  if (author.empty()) return answer;
  answer["author"] = {{"@type", "Person"}, {"name", author}};
  if (const std::string role = text(snapshot::view(entry.version->role())); !role.empty())
    answer["author"]["jobTitle"] = role;
  return answer;
}

}  // namespace

std::string start_json_ld(const Place& place, std::string_view description) {
  Json site = page(place, "WebSite", place.language.path, place.site_name());
  site["description"] = text(description);
  site["publisher"] = organisation(place);
  return for_script(Json::array({std::move(site)}));
}

std::string category_json_ld(const Place& place, const Group& group,
                             const std::vector<Crumb>& crumbs) {
  return for_script(Json::array(
      {page(place, "CollectionPage", group.path, group.title), breadcrumb_list(place, crumbs)}));
}

std::string topic_json_ld(const Place& place, const Entry& entry, std::string_view answer_html,
                          const std::vector<Crumb>& crumbs) {
  Json faq = page(place, "FAQPage", entry.path, entry.title());
  if (const std::uint32_t updated = entry.version->updated(); updated != 0)
    faq["dateModified"] = format_date(updated);
  faq["publisher"] = organisation(place);
  faq["mainEntity"] = Json::array({{{"@type", "Question"},
                                    {"name", text(entry.title())},
                                    {"acceptedAnswer", answer_of(entry, answer_html)}}});
  return for_script(Json::array({std::move(faq), breadcrumb_list(place, crumbs)}));
}

}  // namespace askus::pages
