#include "shared/pages/topic_page.h"

#include <algorithm>

#include "shared/faq/dates.h"
#include "shared/pages/answer_html.h"
#include "shared/pages/json_ld.h"

namespace askus::pages {
namespace {

constexpr std::size_t kDescription = 155;  // letters that search engines show
constexpr std::size_t kRelated = 6;

// Links between topics: in this language, failing that in another; "" where there is none.
Targets targets_of(const Place& place, std::string root) {
  Targets targets;
  targets.picture_origins = &place.edition.options.picture_origins;
  targets.topic = [&place, root = std::move(root)](std::string_view id) -> std::string {
    const Contents& contents = place.edition.contents;
    const std::int64_t topic = contents.snapshot().find(id);
    if (topic < 0) return {};
    const auto index = static_cast<std::uint32_t>(topic);
    if (const Entry* entry = contents.entry(place.language, index)) return root + entry->path;
    for (const Language& language : contents.languages())
      if (const Entry* entry = contents.entry(language, index)) return root + entry->path;
    return {};
  };
  return targets;
}

std::string time_html(const Texts& texts, std::uint32_t days) {
  return "<time datetime=\"" + format_date(days) + "\">" + shown(day(texts, days)) + "</time>";
}

std::string person(std::string_view name, std::string_view role) {
  std::string html = "<span class=\"name\">" + shown(name) + "</span>";
  if (!role.empty()) html += ", " + shown(role);
  return html;
}

std::string byline(const Place& place, const snapshot::fb::Version& version) {
  const std::string_view author = snapshot::view(version.author());
  std::string html;
  if (!author.empty())
    html += "<span>" + shown(place.texts.answered_by) + ": " +
            person(author, snapshot::view(version.role())) + "</span>\n";
  if (version.updated() != 0)
    html += "<span>" + shown(place.texts.updated) + ": " +
            time_html(place.texts, version.updated()) + "</span>\n";
  return html.empty() ? html : "<p class=\"hint byline\">" + html + "</p>\n";
}

std::string comments(const Place& place, const snapshot::fb::Version& version) {
  if (version.comments() == nullptr || version.comments()->size() == 0) return {};
  std::string html =
      "<section class=\"comments\" aria-labelledby=\"comments\">\n<h2 id=\"comments\">" +
      shown(place.texts.comments) + "</h2>\n<ul>\n";
  for (const auto* comment : *version.comments()) {
    html += "<li>\n<p class=\"hint\">" +
            person(snapshot::view(comment->author()), snapshot::view(comment->role()));
    if (comment->date() != 0) html += " · " + time_html(place.texts, comment->date());
    html += "</p>\n<p>" + shown(snapshot::view(comment->text())) + "</p>\n</li>\n";
  }
  return html + "</ul>\n</section>\n";
}

// The next topics of the same category, around its end: so that each one is linked to.
std::string related(const Place& place, const Entry& entry) {
  const std::vector<std::uint32_t>& all = place.language.groups[entry.group].entries;
  const auto self = static_cast<std::uint32_t>(&entry - place.language.entries.data());
  const auto at = static_cast<std::size_t>(std::find(all.begin(), all.end(), self) - all.begin());
  std::vector<std::uint32_t> next;
  for (std::size_t i = 1; i < all.size() && next.size() < kRelated; ++i)
    next.push_back(all[(at + i) % all.size()]);
  if (next.empty()) return {};
  return "<aside aria-labelledby=\"related\">\n<h2 id=\"related\">" + shown(place.texts.related) +
         "</h2>\n" + topic_links(place, next, kRelated) + "</aside>\n";
}

}  // namespace

std::string topic_page(const Place& place, const Entry& entry) {
  const Contents& contents = place.edition.contents;
  const snapshot::fb::Version& version = *entry.version;
  const std::string_view answer = snapshot::view(version.answer());
  const Group& group = place.language.groups[entry.group];
  const std::vector<Crumb> crumbs{{place.texts.home, place.language.path},
                                  {group.title, group.path},
                                  {entry.title(), entry.path}};
  Head head;
  head.title = with_site(place, entry.title());
  head.description = excerpt(answer, kDescription);
  head.path = entry.path;
  head.type = "article";
  for (const Language& language : contents.languages())
    if (const Entry* same = contents.entry(language, entry.topic))
      head.alternates.emplace_back(language.tag, same->path);
  head.x_default = head.alternates.front().second;
  head.json_ld = topic_json_ld(
      place, entry, answer_html(answer, targets_of(place, place.edition.options.base)), crumbs);

  std::string main = breadcrumbs(place, crumbs) + "<div class=\"columns\">\n<article>\n<h1>" +
                     shown(entry.title()) + "</h1>\n" + byline(place, version) +
                     "<div class=\"answer\">\n" +
                     answer_html(answer, targets_of(place, place.root)) + "</div>\n";
  if (version.url() != nullptr)
    main += "<p><a href=\"" + shown(snapshot::view(version.url())) + "\">" +
            shown(place.texts.read_more) + ": " + shown(entry.title()) + "</a></p>\n";
  main += comments(place, version) + "</article>\n" + related(place, entry) + "</div>\n";
  return document(place, head, main + ask_box(place));
}

}  // namespace askus::pages
