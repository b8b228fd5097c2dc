#include "shared/pages/page.h"

#include <algorithm>
#include <cstdio>

#include "shared/pages/answer_html.h"

namespace askus::pages {
namespace {

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + shown(value) + "\"";
}

std::string meta(std::string_view kind, std::string_view name, std::string_view content) {
  return "<meta" + attribute(kind, name) + attribute("content", content) + ">\n";
}

std::string accent(const Place& place) {
  char text[8];
  std::snprintf(text, sizeof text, "#%06x",
                place.edition.contents.snapshot().settings().accent() & 0xFFFFFF);
  return text;
}

std::string widget(const Place& place) {
  const Options& options = place.edition.options;
  if (options.server.empty()) return {};
  const snapshot::Snapshot& snapshot = place.edition.contents.snapshot();
  return "<script async" + attribute("src", options.server + "/ask.js") +
         attribute("data-site", snapshot::view(snapshot.root().site())) +
         attribute("data-lang", place.language.tag) + attribute("data-colour", accent(place)) +
         attribute("data-side", "bubble") +  // over the end of the page, which leaves room for it
         "></script>\n";
}

std::string relations(const Place& place, const Head& head) {
  std::string html =
      "<link rel=\"canonical\"" + attribute("href", place.absolute(head.path)) + ">\n";
  const auto alternate = [&](std::string_view tag, std::string_view path) {
    html += "<link rel=\"alternate\"" + attribute("hreflang", tag) +
            attribute("href", place.absolute(path)) + ">\n";
  };
  if (head.alternates.size() > 1) {
    for (const auto& [tag, path] : head.alternates) alternate(tag, path);
    alternate("x-default", head.x_default);
  }
  return html;
}

std::string head_html(const Place& place, const Head& head) {
  std::string html =
      "<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
      shown(head.title) + "</title>\n";
  if (!head.description.empty()) html += meta("name", "description", head.description);
  html += "<meta name=\"color-scheme\" content=\"light dark\">\n";
  if (head.missing) {
    html += "<meta name=\"robots\" content=\"noindex\">\n";
  } else {
    html += relations(place, head);
    html += "<link rel=\"alternate\" type=\"application/atom+xml\"" +
            attribute("title", with_site(place, place.texts.changes)) +
            attribute("href", place.link(place.language.path + "feed.xml")) + ">\n";
    html += meta("property", "og:title", head.title) + meta("property", "og:type", head.type) +
            meta("property", "og:url", place.absolute(head.path)) +
            meta("property", "og:site_name", place.site_name());
    if (!head.description.empty()) html += meta("property", "og:description", head.description);
  }
  html += "<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\"" +
          attribute("href", place.link(place.edition.style)) + ">\n" + widget(place);
  if (!head.json_ld.empty())
    html += "<script type=\"application/ld+json\">" + head.json_ld + "</script>\n";
  return html + "</head>\n";
}

// To this page in the other languages; where it is not, to their start pages.
std::string language_links(const Place& place, const Head& head) {
  const auto& languages = place.edition.contents.languages();
  if (languages.size() < 2) return {};
  std::string html =
      "<nav class=\"languages\"" + attribute("aria-label", place.texts.languages) + ">\n<ul>\n";
  for (const Language& language : languages) {
    const auto same =
        std::find_if(head.alternates.begin(), head.alternates.end(),
                     [&](const auto& alternate) { return alternate.first == language.tag; });
    const std::string path(same == head.alternates.end() ? language.path : same->second);
    const bool here = &language == &place.language;
    html += "<li><a" + attribute("href", place.link(path)) + attribute("lang", language.tag) +
            attribute("hreflang", language.tag) + (here ? " aria-current=\"true\"" : "") + ">" +
            shown(name_of_language(language.tag)) + "</a></li>\n";
  }
  return html + "</ul>\n</nav>\n";
}

std::string footer(const Place& place) {
  std::string html = "<footer>\n<div class=\"wide\">\n<p>" + shown(place.site_name());
  const snapshot::fb::Settings& settings = place.edition.contents.snapshot().settings();
  if (const std::string_view hours = place.text(*settings.hours()); !hours.empty())
    html += " · " + shown(hours);
  html += "</p>\n<p><a" + attribute("href", place.link(place.language.path + "feed.xml")) + ">" +
          shown(place.texts.changes) + "</a></p>\n</div>\n</footer>\n";
  return html;
}

}  // namespace

std::string_view Place::site_name() const {
  const snapshot::Snapshot& snapshot = edition.contents.snapshot();
  const std::string_view name = text(*snapshot.settings().name());
  return name.empty() ? snapshot::view(snapshot.root().site()) : name;
}

std::string root_of(std::string_view path) {
  std::string root;
  for (const char c : path)
    if (c == '/') root += "../";
  return root.empty() ? "./" : root;
}

std::string with_site(const Place& place, std::string_view title) {
  return std::string(title) + " – " + std::string(place.site_name());
}

std::string document(const Place& place, const Head& head, std::string_view main) {
  std::string html = "<!doctype html>\n<html" + attribute("lang", place.language.tag) + ">\n";
  html += head_html(place, head);
  html += "<body>\n<a class=\"skip\" href=\"#content\">" + shown(place.texts.to_content) +
          "</a>\n<header>\n<div class=\"wide\">\n<a class=\"brand\"" +
          attribute("href", place.link(place.language.path)) + "><strong>" +
          shown(place.site_name()) + "</strong> <span>" + shown(place.texts.home) +
          "</span></a>\n" + language_links(place, head) +
          "</div>\n</header>\n<main id=\"content\" tabindex=\"-1\">\n";
  html += announcement(place);
  html += main;
  return html + "</main>\n" + footer(place) + "</body>\n</html>\n";
}

std::string breadcrumbs(const Place& place, const std::vector<Crumb>& crumbs) {
  std::string html =
      "<nav class=\"crumbs\"" + attribute("aria-label", place.texts.you_are_here) + ">\n<ol>\n";
  for (std::size_t i = 0; i < crumbs.size(); ++i) {
    const bool last = i + 1 == crumbs.size();
    html += last ? "<li aria-current=\"page\">"
                 : "<li><a" + attribute("href", place.link(crumbs[i].path)) + ">";
    html += shown(crumbs[i].name);
    html += last ? "</li>\n" : "</a></li>\n";
  }
  return html + "</ol>\n</nav>\n";
}

std::string announcement(const Place& place) {
  const auto* announced = place.edition.contents.snapshot().settings().announcement();
  const std::uint64_t now = place.edition.options.now;
  if (announced == nullptr || now < announced->from() || now >= announced->until()) return {};
  const std::string_view text = place.text(*announced->text());
  if (text.empty()) return {};
  return "<section class=\"announcement\" data-nosnippet" +
         attribute("aria-label", place.texts.announcement) + ">\n<p>" + shown(text) +
         "</p>\n</section>\n";
}

std::string panel_link(const Place& place, std::string_view css_class, std::string_view label) {
  const Options& options = place.edition.options;
  if (options.server.empty()) return {};
  const std::string_view site = snapshot::view(place.edition.contents.snapshot().root().site());
  return "<a" + attribute("class", css_class) +
         attribute("href", options.server + "/sites/" + std::string(site) +
                               "/ask?lang=" + place.language.tag) +
         " data-askus-open>" + shown(label) + "</a>\n";
}

std::string ask_box(const Place& place) {
  const snapshot::fb::Settings& settings = place.edition.contents.snapshot().settings();
  const std::string_view title = place.text(*settings.title());
  const std::string link = panel_link(place, "button", title.empty() ? place.texts.search : title);
  if (link.empty()) return {};
  std::string html = "<section class=\"ask\" aria-labelledby=\"ask\">\n<div>\n<h2 id=\"ask\">" +
                     shown(place.texts.not_answered) + "</h2>\n";
  if (const std::string_view time = place.text(*settings.answer_time()); !time.empty())
    html += "<p>" + shown(place.texts.we_answer) + " " + shown(time) + ".</p>\n";
  return html + "</div>\n" + link + "</section>\n";
}

std::string topic_links(const Place& place, const std::vector<std::uint32_t>& entries,
                        std::size_t most) {
  std::string html = "<ul class=\"topics\">\n";
  for (std::size_t i = 0; i < std::min(entries.size(), most); ++i) {
    const Entry& entry = place.language.entries[entries[i]];
    html += "<li><a" + attribute("href", place.link(entry.path)) + ">" + shown(entry.title()) +
            "</a></li>\n";
  }
  return html + "</ul>\n";
}

}  // namespace askus::pages
