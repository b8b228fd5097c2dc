#include "shared/faq/import_article.h"

#include "shared/faq/record.h"
#include "shared/faq/settings_values.h"
#include "shared/faq/words.h"

namespace askus::faq {
namespace {

constexpr std::size_t kDateBytes = 10;  // "2026-05-31" of "2026-05-31T08:00:00Z"

std::string date_of(std::string_view time) {
  const bool instant = time.size() > kDateBytes && time[kDateBytes] == 'T';
  return std::string(instant ? time.substr(0, kDateBytes) : time);
}

}  // namespace

void Articles::add(const Article& article) {
  Record record(source_, ++row_);
  record.set(Column::kId, article.id);
  record.set(Column::kLang, article.language);
  record.set(Column::kCategory, article.category);
  record.set(Column::kTitle, article.title);
  const auto markup = markup_of_html(article.html, reader_);
  if (markup) {
    record.set(Column::kAnswer, markup->text);
    for (const auto& [what, times] : markup->losses)
      record.report(Severity::kWarning, "not-carried-over", "answer",
                    times == 1 ? what : what + ", " + std::to_string(times) + " times",
                    "look at the answer of topic \"" + article.id + "\"");
  } else {
    record.report(Severity::kError, "too-long", "answer", article.title, markup.error().text);
  }
  record.set(Column::kTags, article.tags);
  record.set(Column::kUpdated, date_of(article.updated));
  // Addresses of sites without TLS are no links of ours.
  if (article.url.starts_with("https://")) record.set(Column::kUrl, article.url);
  record.finish();
}

void Articles::skip(std::string_view id, std::string why) {
  source_.findings.push_back({Severity::kWarning, "not-carried-over", source_.file, ++row_, "",
                              shorten(id), std::move(why)});
}

void Articles::refuse(std::string rule, std::uint32_t row, std::string_view found,
                      std::string remedy) {
  source_.findings.push_back({Severity::kError, std::move(rule), source_.file, row, "",
                              shorten(found), std::move(remedy)});
}

std::string text_at(const nlohmann::json& object, std::string_view key) {
  const auto found = object.is_object() ? object.find(std::string(key)) : object.end();
  if (!object.is_object() || found == object.end()) return {};
  if (found->is_string()) return found->get<std::string>();
  return found->is_number_integer() ? found->dump() : std::string();
}

std::string language_of_locale(std::string_view locale) {
  const std::string_view first = locale.substr(0, locale.find_first_of("-_"));
  const std::string meant = language_meant(first);
  return meant.empty() ? lower(first) : meant;
}

}  // namespace askus::faq
