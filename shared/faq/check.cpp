#include "shared/faq/check.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <tuple>

#include "shared/faq/duplicates.h"
#include "shared/faq/links.h"
#include "shared/faq/settings_values.h"
#include "shared/faq/words.h"
#include "shared/snapshot/limits.h"

namespace askus::faq {
namespace {

bool contains(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Joins entries into topics, in the steps of run().
class Assembly {
 public:
  Assembly(const SettingsSource& settings, const std::vector<Source>& sources)
      : settings_file_(settings.file) {
    checked_.faq.settings = settings.settings;
    checked_.findings = settings.findings;
    checked_.review_after_days = settings.review_after_days;
    for (const Source& source : sources) {
      checked_.findings.insert(checked_.findings.end(), source.findings.begin(),
                               source.findings.end());
      for (const Entry& entry : source.entries) all_.push_back({&entry, &source.file});
    }
    if (!sources.empty()) first_file_ = sources.front().file;
  }

  Checked run();

 private:
  void report(const Placed& placed, Severity severity, std::string rule, std::string column,
              std::string_view found, std::string remedy) {
    checked_.findings.push_back(
        finding_at(placed, severity, std::move(rule), std::move(column), found, std::move(remedy)));
  }
  void report_settings(Severity severity, std::string rule, std::string path,
                       std::string_view found, std::string remedy) {
    checked_.findings.push_back({severity, std::move(rule), settings_file_, 0, std::move(path),
                                 shorten(found), std::move(remedy)});
  }
  void choose_languages();
  void fill_in_only_language();
  void check_counts();
  void choose_categories();
  bool check_language(const Placed& placed);
  bool check_category(const Placed& placed);
  void check_texts(const Placed& placed);
  void check_links(const Placed& placed);
  void keep_first_of_each_language();
  void build_topics();
  void collect_tests(const Placed& placed);
  void check_settings();
  void check_local(const snapshot::LocalTexts& texts, const std::string& path);

  std::string settings_file_, first_file_;
  Checked checked_;
  std::vector<Placed> all_, kept_;  // kept_: without errors, sorted by id and language
  std::set<std::string, std::less<>> ids_;
  std::set<std::string, std::less<>> broken_ids_;  // of topics with an error
  std::vector<std::string> category_ids_;
  std::deque<Entry> filled_in_;
  std::map<std::pair<std::string, std::string>, std::size_t> test_of_;  // question, language
};

void Assembly::choose_languages() {
  auto& languages = checked_.faq.settings.languages;
  if (!languages.empty()) return;
  for (const Placed& placed : all_) {
    const std::string& language = placed.entry->version.language;
    if (is_language(language) && !contains(languages, language) &&
        languages.size() < snapshot::kMaxLanguages)
      languages.push_back(language);
  }
}

// Where the site has one language, records need not name it.
void Assembly::fill_in_only_language() {
  const auto& languages = checked_.faq.settings.languages;
  if (languages.size() != 1) return;
  for (Placed& placed : all_) {
    if (!placed.entry->version.language.empty()) continue;
    filled_in_.push_back(*placed.entry);
    filled_in_.back().version.language = languages.front();
    placed.entry = &filled_in_.back();
  }
}

// What the visitor's reader would refuse as too many, said in the marketer's words.
void Assembly::check_counts() {
  const auto at_most = [this](std::size_t found, std::size_t limit, const char* what) {
    if (found <= limit) return;
    checked_.findings.push_back({Severity::kError, "too-many", first_file_, 0, "",
                                 std::to_string(found),
                                 "at most " + std::to_string(limit) + " " + what});
  };
  std::size_t tables = 0;
  for (const snapshot::Topic& topic : checked_.faq.topics) {
    tables += 1 + topic.versions.size();
    for (const snapshot::Version& version : topic.versions) tables += version.comments.size();
  }
  at_most(checked_.faq.topics.size(), snapshot::kMaxTopics, "topics");
  at_most(checked_.faq.settings.categories.size(), snapshot::kMaxCategories, "categories");
  at_most(tables, snapshot::kMaxContentTables, "topics, versions and comments together");
}

void Assembly::choose_categories() {
  auto& categories = checked_.faq.settings.categories;
  if (categories.empty()) {
    std::map<std::string, std::string> found;  // id -> language of its first entry
    for (const Placed& placed : all_) {
      if (!placed.entry->category.empty() && placed.entry->usable)
        found.try_emplace(placed.entry->category, placed.entry->version.language);
    }
    for (const auto& [id, language] : found) categories.push_back({id, {{language, id}}, {}});
  }
  for (const snapshot::Category& category : categories) category_ids_.push_back(category.id);
}

bool Assembly::check_language(const Placed& placed) {
  const auto& languages = checked_.faq.settings.languages;
  const std::string& language = placed.entry->version.language;
  if (contains(languages, language)) return true;
  if (language.empty()) {
    report(placed, Severity::kError, "missing-lang", "lang", "",
           "name the language of each record" +
               (languages.empty() ? ", such as uk, ru or en" : ": " + list_of(languages)));
    return false;
  }
  const std::string meant = language_meant(language);
  const bool bad = !is_language(language);
  std::string remedy = "a language tag such as uk, ru or en";
  if (!meant.empty())
    remedy = "the tag of this language is \"" + meant + "\"";
  else if (!bad)
    remedy = "the settings have " + list_of(languages);
  report(placed, Severity::kError, bad ? "bad-language" : "unknown-language", "lang", language,
         std::move(remedy));
  return false;
}

bool Assembly::check_category(const Placed& placed) {
  const std::string& category = placed.entry->category;
  if (category.empty() || contains(category_ids_, category)) return true;
  std::string like = nearest(category, category_ids_);
  for (const snapshot::Category& known : checked_.faq.settings.categories) {
    for (const auto& [language, title] : known.title) {
      if (same_text_key(title) == same_text_key(category)) like = known.id;
    }
  }
  const std::string all = "use one of " + list_of(category_ids_);
  report(placed, Severity::kError, "unknown-category", "category", category,
         like.empty() ? all : "did you mean \"" + like + "\"? " + all);
  return false;
}

void Assembly::check_texts(const Placed& placed) {
  const snapshot::Version& version = placed.entry->version;
  if (version.title.empty())
    report(placed, Severity::kWarning, "empty-title", "title", "",
           "write the question as visitors would ask it");
  if (version.answer.empty())
    report(placed, Severity::kWarning, "empty-answer", "answer", "",
           "write the answer, or delete the topic until there is one");
}

void Assembly::check_links(const Placed& placed) {
  for (const Link& link : links_of(placed.entry->version.answer)) {
    const std::string target(link.target);
    if (link.kind == Target::kBadScheme) {
      report(placed, Severity::kError, "bad-link", "answer", target,
             link.picture ? "a picture's address begins with https://"
                          : "a link begins with https://, mailto: or tel:, or is #topic-id");
    } else if (link.kind == Target::kMalformed) {
      report(placed, Severity::kWarning, "dead-link", "answer", target,
             "this is not a valid address; a link begins with https://, mailto: or tel:, or is "
             "#topic-id");
    } else if (link.kind == Target::kTopic && !ids_.contains(target.substr(1))) {
      const std::string like = nearest(target.substr(1), {ids_.begin(), ids_.end()});
      report(placed, Severity::kWarning, "dead-link", "answer", target,
             like.empty() ? "there is no topic with this id"
                          : "there is no topic with this id; did you mean #" + like + "?");
    }
  }
}

// Of the entries in kept_, which is in the order of files and rows.
void Assembly::keep_first_of_each_language() {
  std::map<std::pair<std::string, std::string>, Placed> first;
  std::vector<Placed> kept;
  for (const Placed& placed : kept_) {
    const Entry& entry = *placed.entry;
    const auto [at, fresh] = first.try_emplace({entry.id, entry.version.language}, placed);
    if (fresh) {
      kept.push_back(placed);
      continue;
    }
    report(placed, Severity::kError, "duplicate-id", "id", entry.id,
           "the same id and language are already in " + place_of(at->second) +
               "; delete one of the two or give it another id");
  }
  const auto& languages = checked_.faq.settings.languages;
  const auto order = [&](const Placed& placed) {
    const auto at = std::find(languages.begin(), languages.end(), placed.entry->version.language);
    return std::pair(std::string_view(placed.entry->id), at - languages.begin());
  };
  std::stable_sort(kept.begin(), kept.end(),
                   [&](const Placed& a, const Placed& b) { return order(a) < order(b); });
  kept_ = std::move(kept);
}

void Assembly::collect_tests(const Placed& placed) {
  const Entry& entry = *placed.entry;
  for (const std::string& question : entry.tests) {
    const auto [at, fresh] =
        test_of_.try_emplace({question, entry.version.language}, checked_.tests.size());
    if (fresh)
      checked_.tests.push_back(
          {question, entry.version.language, {}, *placed.file, placed.entry->row});
    auto& topics = checked_.tests[at->second].topics;
    if (!contains(topics, entry.id)) topics.push_back(entry.id);
  }
}

void Assembly::build_topics() {
  auto& topics = checked_.faq.topics;
  for (const Placed& placed : kept_) {
    const Entry& entry = *placed.entry;
    if (topics.empty() || topics.back().id != entry.id) topics.push_back({entry.id, "", {}});
    snapshot::Topic& topic = topics.back();
    topic.versions.push_back(entry.version);
    checked_.places.push_back({entry.id, entry.version.language, *placed.file, entry.row});
    collect_tests(placed);
    if (topic.category.empty()) topic.category = entry.category;
    if (!entry.category.empty() && entry.category != topic.category)
      report(placed, Severity::kWarning, "other-category", "category", entry.category,
             "topic \"" + topic.id + "\" is in \"" + topic.category +
                 "\" already; a topic has one category");
  }
}

void Assembly::check_local(const snapshot::LocalTexts& texts, const std::string& path) {
  const auto& languages = checked_.faq.settings.languages;
  for (const auto& [language, text] : texts) {
    if (!contains(languages, language))
      report_settings(Severity::kError, "unknown-language",
                      std::string(path).append(".").append(language), language,
                      "the site's languages are " + list_of(languages));
  }
}

void Assembly::check_settings() {
  snapshot::Settings& settings = checked_.faq.settings;
  check_local(settings.name, "name");
  check_local(settings.title, "title");
  check_local(settings.consent_text, "consent.text");
  check_local(settings.hours, "hours");
  check_local(settings.answer_time, "answer_time");
  if (settings.announcement) check_local(settings.announcement->text, "announcement.text");
  for (std::size_t i = 0; i < settings.categories.size(); ++i) {
    const std::string path = "categories[" + std::to_string(i) + "]";
    check_local(settings.categories[i].title, path + ".title");
    check_local(settings.categories[i].department, path + ".department");
  }
  for (const std::string& id : settings.most_asked) {
    if (ids_.contains(id)) continue;
    const std::string like = nearest(id, {ids_.begin(), ids_.end()});
    report_settings(Severity::kWarning, "unknown-topic", "most_asked", id,
                    like.empty()
                        ? "there is no topic with this id"
                        : "there is no topic with this id; did you mean \"" + like + "\"?");
  }
}

Checked Assembly::run() {
  choose_languages();
  fill_in_only_language();
  choose_categories();
  for (const Placed& placed : all_) {
    if (!placed.entry->id.empty()) ids_.insert(placed.entry->id);
    const bool language = check_language(placed);
    const bool category = check_category(placed);
    if (language && category && placed.entry->usable)
      kept_.push_back(placed);
    else
      broken_ids_.insert(placed.entry->id);
  }
  keep_first_of_each_language();
  build_topics();
  for (const Placed& placed : kept_) {
    check_texts(placed);
    check_links(placed);
  }
  find_same_texts(kept_, checked_.findings);
  std::vector<Placed> whole = kept_;
  std::erase_if(whole, [this](const Placed& p) { return broken_ids_.contains(p.entry->id); });
  find_missing_languages(whole, checked_.faq.settings.languages, checked_.findings);
  check_settings();
  check_counts();
  if (checked_.faq.topics.empty() && !checked_.has_errors())
    checked_.findings.push_back(
        {Severity::kError, "no-topics", first_file_, 0, "", "", "there is no topic in the FAQ"});
  sort_findings(checked_.findings);
  return std::move(checked_);
}

}  // namespace

bool Checked::has_errors() const {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& f) { return f.severity == Severity::kError; });
}

bool Checked::has_warnings() const {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& f) { return f.severity == Severity::kWarning; });
}

void sort_findings(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.file, a.row, a.column) < std::tie(b.file, b.row, b.column);
  });
}

Checked check(const SettingsSource& settings, const std::vector<Source>& sources) {
  return Assembly(settings, sources).run();
}

}  // namespace askus::faq
