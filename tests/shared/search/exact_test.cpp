// A query that is a topic's title finds that topic first, whatever else there is.
#include <algorithm>
#include <random>
#include <set>

#include "tests/shared/search/engine.h"

using namespace askus;
using namespace askus::testing;

namespace {

void check_titles(Engine& engine, const std::vector<snapshot::Topic>& topics) {
  for (const auto& topic : topics) {
    for (const auto& version : topic.versions) {
      const std::string phrasing = version.phrasings.empty() ? version.title : version.phrasings[0];
      for (const std::string& query : {version.title, phrasing}) {
        CAPTURE(query);
        const auto hits = engine.index().search(query, {.typing = false});
        REQUIRE_FALSE(hits.empty());
        CHECK(engine.id(hits[0]) == topic.id);
        CHECK(hits[0].confidence == search::Confidence::kAnswers);
        CHECK(engine.first(query) == topic.id);  // while it is typed as well
      }
    }
  }
}

// Others whose long answers hold all the words of these topics' titles, several times.
std::vector<snapshot::Topic> crowd(const std::vector<snapshot::Topic>& topics, int size) {
  std::string all;
  for (const auto& topic : topics) {
    for (const auto& version : topic.versions) all += version.title + " ";
  }
  std::vector<snapshot::Topic> out;
  for (int i = 0; i < size; ++i) {
    const std::string number = std::to_string(1'000 + i);
    out.push_back(topic("x" + number, {version(i % 2 == 0 ? "uk" : "en", "Розділ " + number,
                                               all + "і ще " + number + ". " + all + all)}));
  }
  return out;
}

}  // namespace

TEST_CASE("a title or phrasing asked for in full is its topic's first hit and an answer") {
  const snapshot::Faq faq = sample_faq();
  Engine sample(faq);
  check_titles(sample, faq.topics);
  const auto topics = varied_topics();
  Engine varied(faq_of(topics));
  check_titles(varied, topics);
}

TEST_CASE("a title is first among three hundred topics that speak of the same at length") {
  const auto topics = varied_topics();
  auto all = crowd(topics, 300);
  all.insert(all.end(), topics.begin(), topics.end());
  Engine engine(faq_of(all));
  check_titles(engine, topics);
}

TEST_CASE("a title of the commonest word is before a rare word that looks like it") {
  std::vector<snapshot::Topic> topics;
  for (int i = 100; i < 400; ++i)
    topics.push_back(topic("t" + std::to_string(i),
                           {version("uk", "Розділ " + std::to_string(i), "Тут є інтернет.")}));
  topics.push_back(topic("internat", {version("uk", "Інтернат", "Інтернат. Інтернати.")}));
  topics.push_back(topic("internet", {version("uk", "Інтернет", "Так.")}));
  Engine engine(faq_of(topics));
  CHECK(engine.first("інтернет", {.typing = false}) == "internet");
  CHECK(engine.first("інтернет") == "internet");
}

TEST_CASE("a title of more words than a query is scored by is first too") {
  std::string all;
  for (int i = 0; i < 100; ++i) all += "ю" + std::to_string(i) + " ";
  Engine engine(faq_of({topic("a", {version("uk", all + "кабель", "Відповідь.")}),
                        topic("b", {version("uk", all + "роутер", "Відповідь.")})}));
  CHECK(engine.first(all + "кабель", {.typing = false}) == "a");
  CHECK(engine.first(all + "роутер", {.typing = false}) == "b");
}

TEST_CASE("a title is first in another language than the visitor's too") {
  const auto topics = varied_topics();
  Engine engine(faq_of(topics));
  for (const std::int32_t language : {kUk, kRu, kEn}) {
    for (const auto& topic : topics) {
      CAPTURE(language, topic.versions[0].title);
      CHECK(engine.first(topic.versions[0].title, {.language = language, .typing = false}) ==
            topic.id);
    }
  }
}

TEST_CASE("no topic that is added takes a title from its topic") {
  constexpr std::string_view kWords[] = {
      "інтернет",  "роутер",  "оплата",  "тариф",     "кабель",      "пароль",
      "рахунок",   "договір", "адреса",  "швидкість", "канал",       "фільм",
      "телефон",   "бонус",   "акція",   "заявка",    "майстер",     "борг",
      "квитанція", "пошта",   "магазин", "інтернат",  "тарифікація", "кабіна",
      "паролі",    "router",  "payment", "speed",     "channel",     "movie",
      "phone",     "bonus",   "як",      "де",        "не",          "the"};
  std::mt19937 random(7);
  // Some words are much commoner than others, as in any FAQ.
  const auto word = [&]() -> std::string_view {
    const auto top = random() % std::size(kWords) + 1;
    return kWords[random() % top];
  };
  const auto sentence = [&](std::size_t size) {
    std::string out;
    for (std::size_t i = 0; i < size; ++i)
      out += std::string(i == 0 ? "" : " ") + std::string(word());
    return out;
  };
  std::vector<snapshot::Topic> topics;
  std::set<std::string> titles;
  while (topics.size() < 40) {
    const std::string title = sentence(1 + random() % 5);
    // Other forms of the same words would be the same title.
    if (title.find("паролі") != std::string::npos || !titles.insert(title).second) continue;
    topics.push_back(topic("t" + std::to_string(random()),
                           {version("uk", title, sentence(random() % 60) + ".")}));
    Engine engine(faq_of(topics));
    for (const auto& known : topics) {
      CAPTURE(topics.size(), known.versions[0].title);
      REQUIRE(engine.first(known.versions[0].title, {.language = kUk, .typing = false}) ==
              known.id);
    }
  }
}
