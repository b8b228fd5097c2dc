#include <cstdio>
#include <map>

#include "server-stub/faq/commands.h"
#include "server-stub/publish/signature.h"
#include "shared/faq/dates.h"
#include "shared/faq/extract.h"

namespace askus::faq {
namespace {

void line(const char* name, const std::string& value) {
  if (!value.empty()) std::printf("  %s: %s\n", name, value.c_str());
}

void lines(const char* name, const std::vector<std::string>& values) {
  for (const std::string& value : values) line(name, value);
}

std::string date_of(std::uint32_t days) {
  return days == 0 ? std::string() : format_date(days);
}

void print_version(const snapshot::Version& version) {
  std::printf("%s\n", version.language.c_str());
  line("title", version.title);
  lines("phrasing", version.phrasings);
  line("answer", version.answer);
  lines("tag", version.tags);
  for (const snapshot::Comment& comment : version.comments)
    line("comment", comment.author + " | " + comment.role + " | " + date_of(comment.date) + " | " +
                        comment.text);
  line("author", version.author);
  line("role", version.role);
  line("updated", date_of(version.updated));
  line("url", version.url);
  line("picture", version.picture);
}

void print_summary(const snapshot::Faq& faq, const std::string& bytes) {
  std::map<std::string, std::size_t> languages, categories;
  for (const snapshot::Topic& topic : faq.topics) {
    ++categories[topic.category];
    for (const snapshot::Version& version : topic.versions) ++languages[version.language];
  }
  std::printf("site %s, %zu topics, %zu bytes\nsha256 %s\nlanguages", faq.settings.site.c_str(),
              faq.topics.size(), bytes.size(), publish::sha256_hex(bytes).c_str());
  for (const std::string& language : faq.settings.languages)
    std::printf(" %s (%zu)", language.c_str(), languages[language]);
  std::printf("\ncategories");
  for (const snapshot::Category& category : faq.settings.categories)
    std::printf(" %s (%zu)", category.id.c_str(), categories[category.id]);
  std::printf("%s\n", faq.settings.categories.empty() ? " none" : "");
  for (const snapshot::Topic& topic : faq.topics)
    std::printf("%s\t%s\t%s\n", topic.id.c_str(), topic.category.c_str(),
                topic.versions.front().title.c_str());
}

}  // namespace

int run_show(const std::string& file, const std::string& topic_id) {
  const auto opened = open_snapshot(file);
  if (!opened) return fail(opened.error());
  const snapshot::Faq faq = extract(opened->snapshot);
  if (topic_id.empty()) {
    print_summary(faq, *opened->bytes);
    return kDone;
  }
  const std::int64_t index = opened->snapshot.find(topic_id);
  if (index < 0)
    return fail({Code::kNotFound, "there is no topic \"" + topic_id + "\" in " + file});
  const snapshot::Topic& topic = faq.topics[static_cast<std::size_t>(index)];
  std::printf("%s\n", topic.id.c_str());
  line("category", topic.category);
  for (const snapshot::Version& version : topic.versions) print_version(version);
  return kDone;
}

}  // namespace askus::faq
