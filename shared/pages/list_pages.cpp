#include "shared/pages/list_pages.h"

#include "shared/pages/answer_html.h"
#include "shared/pages/json_ld.h"

namespace askus::pages {
namespace {

constexpr std::size_t kOnCard = 4;           // topics of a category on the start page
constexpr std::size_t kDescription = 155;    // letters that search engines show
constexpr std::size_t kLine = 120;           // letters of an answer below its title
constexpr std::size_t kMostWithLines = 200;  // topics of a category; longer lists are titles only

Alternates starts(const Contents& contents) {
  Alternates all;
  for (const Language& language : contents.languages())
    all.emplace_back(language.tag, language.path);
  return all;
}

std::string cards(const Place& place) {
  std::string html = "<div class=\"cards\">\n";
  for (const Group& group : place.language.groups) {
    html += "<section class=\"card\">\n<h3><a href=\"" + shown(place.link(group.path)) + "\">" +
            shown(group.title) + "</a></h3>\n<p class=\"hint\">" +
            shown(answers(place.texts, group.entries.size())) + "</p>\n" +
            topic_links(place, group.entries, kOnCard) + "</section>\n";
  }
  return html + "</div>\n";
}

std::string topics_section(const Place& place) {
  return "<section aria-labelledby=\"topics\">\n<h2 id=\"topics\">" + shown(place.texts.topics) +
         "</h2>\n" + cards(place) + "</section>\n";
}

}  // namespace

std::string choice_page(const Place& place) {
  Head head;
  head.title = with_site(place, place.texts.home);
  head.description = filled(place.texts.about, place.site_name());
  head.alternates = starts(place.edition.contents);
  std::string main =
      "<div class=\"hero\">\n<h1>" + shown(place.site_name()) + "</h1>\n<ul class=\"choice\">\n";
  for (const Language& language : place.edition.contents.languages())
    main += "<li><a class=\"button\" lang=\"" + shown(language.tag) + "\" hreflang=\"" +
            shown(language.tag) + "\" href=\"" + shown(place.link(language.path)) + "\">" +
            shown(name_of_language(language.tag)) + "</a></li>\n";
  return document(place, head, main + "</ul>\n</div>\n");
}

std::string start_page(const Place& place) {
  Head head;
  head.title = with_site(place, place.texts.heading);
  head.description = filled(place.texts.about, place.site_name());
  head.path = place.language.path;
  head.alternates = starts(place.edition.contents);
  head.json_ld = start_json_ld(place, head.description);
  std::string main = "<div class=\"hero\">\n<h1>" + shown(place.texts.heading) +
                     "</h1>\n<p class=\"lead\">" + shown(head.description) + "</p>\n" +
                     panel_link(place, "search", place.texts.search) + "</div>\n";
  if (!place.language.most_asked.empty())
    main += "<section aria-labelledby=\"asked\">\n<h2 id=\"asked\">" +
            shown(place.texts.most_asked) + "</h2>\n" +
            topic_links(place, place.language.most_asked, place.language.most_asked.size()) +
            "</section>\n";
  return document(place, head, main + topics_section(place) + ask_box(place));
}

std::string category_page(const Place& place, const Group& group) {
  const Contents& contents = place.edition.contents;
  Head head;
  head.title = with_site(place, group.title);
  head.path = group.path;
  for (const Language& language : contents.languages())
    if (const Group* same = contents.group(language, group.category))
      head.alternates.emplace_back(language.tag, same->path);
  head.x_default = head.alternates.front().second;
  std::string titles;
  for (const std::uint32_t entry : group.entries) {
    if (titles.size() > kDescription) break;
    titles += (titles.empty() ? "" : " ") + std::string(place.language.entries[entry].title());
  }
  head.description = excerpt(titles, kDescription);
  const std::vector<Crumb> crumbs{{place.texts.home, place.language.path},
                                  {group.title, group.path}};
  head.json_ld = category_json_ld(place, group, crumbs);

  std::string main =
      breadcrumbs(place, crumbs) + "<h1>" + shown(group.title) + "</h1>\n<p class=\"hint\">" +
      shown(answers(place.texts, group.entries.size())) + "</p>\n<ul class=\"list\">\n";
  for (const std::uint32_t index : group.entries) {
    const Entry& entry = place.language.entries[index];
    main +=
        "<li><a href=\"" + shown(place.link(entry.path)) + "\">" + shown(entry.title()) + "</a>";
    if (group.entries.size() <= kMostWithLines)
      main += "<p>" + shown(excerpt(snapshot::view(entry.version->answer()), kLine)) + "</p>";
    main += "</li>\n";
  }
  return document(place, head, main + "</ul>\n" + ask_box(place));
}

std::string missing_page(const Place& place) {
  Head head;
  head.title = with_site(place, place.texts.missing);
  head.missing = true;
  return document(place, head,
                  "<div class=\"hero\">\n<h1>" + shown(place.texts.missing) +
                      "</h1>\n<p class=\"lead\">" + shown(place.texts.missing_text) + "</p>\n" +
                      panel_link(place, "search", place.texts.search) + "</div>\n" +
                      topics_section(place));
}

std::string moved_page(const Place& place, std::string_view path, std::string_view title) {
  const std::string target = shown(place.link(path));
  return "<!doctype html>\n<html lang=\"" + shown(place.language.tag) +
         "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + shown(place.texts.moved) +
         "</title>\n<meta http-equiv=\"refresh\" content=\"0; url=" + target +
         "\">\n<link rel=\"canonical\" href=\"" + shown(place.absolute(path)) +
         "\">\n<meta name=\"robots\" content=\"noindex\">\n</head>\n<body>\n<main>\n<h1>" +
         shown(place.texts.moved) + "</h1>\n<p><a href=\"" + target + "\">" + shown(title) +
         "</a></p>\n</main>\n</body>\n</html>\n";
}

}  // namespace askus::pages
