#include <random>

#include "tests/shared/search/engine.h"

using namespace askus;
using namespace askus::testing;

TEST_CASE("other forms of the query's words are marked, stop words are not") {
  Engine engine(sample_faq());
  engine.ids("роутері у кабелю");
  CHECK(engine.marked("Перезавантажте роутер у квартирі") == "Перезавантажте [роутер] у квартирі");
  CHECK(engine.marked("Перевірте кабель.") == "Перевірте [кабель].");
  CHECK(engine.marked("борщ") == "борщ");
  CHECK(engine.marked("").empty());
}

TEST_CASE("neighbours with one space between them are one mark") {
  Engine engine(sample_faq());
  engine.ids("перевірте кабель роутер");
  CHECK(engine.marked("Перевірте кабель") == "[Перевірте кабель]");
  CHECK(engine.marked("Перевірте  кабель, роутер") == "[Перевірте]  [кабель], [роутер]");
}

TEST_CASE("stop words are marked when nothing else was asked for") {
  Engine engine(sample_faq());
  engine.ids("як", {.typing = false});
  CHECK(engine.marked("Як сплатити?") == "[Як] сплатити?");
  engine.ids("як сплатити", {.typing = false});
  CHECK(engine.marked("Як сплатити?") == "Як [сплатити]?");
}

TEST_CASE("an unfinished word marks the whole word") {
  Engine engine(sample_faq());
  engine.ids("telev");
  CHECK(engine.marked("Television freezes") == "[Television] freezes");
}

TEST_CASE("a query that finds nothing marks nothing") {
  Engine engine(sample_faq());
  engine.ids("кабель");
  engine.ids("");
  CHECK(engine.marked("Перевірте кабель") == "Перевірте кабель");
}

TEST_CASE("the passage holds the words asked for and ends on a word") {
  Engine engine(sample_faq());
  engine.ids("кабель");
  const std::string answer =
      "Перезавантажте роутер. Перевірте кабель ще раз. Зачекайте дві хвилини.";
  const auto range = engine.index().passage(answer, 60);
  const std::string passage = answer.substr(range.begin, range.end - range.begin);
  CHECK(passage.find("Перевірте кабель") == 0);
  CHECK(passage.size() <= 60);
  CHECK(engine.index().passage("", 60).end == 0);
  CHECK(engine.index().passage("… — !", 60).end == 0);
  // Where no word of the query stands, it is the beginning.
  CHECK(engine.index().passage("Просто слова. Інші слова.", 24).begin == 0);
}

TEST_CASE("a passage is within its answer and its size, for any of both") {
  Engine engine(sample_faq());
  engine.ids("перевірте кабель роутер");
  std::mt19937 random(1);
  const std::string_view words[] = {"кабель", "роутер", "перевірте", "слово", "ще", "wi-fi"};
  const std::string_view gaps[] = {" ", ". ", "? ", ", ", "\n", "  "};
  for (int i = 0; i < 300; ++i) {
    std::string answer;
    for (auto n = random() % 400; n > 0; --n) {
      answer += words[random() % std::size(words)];
      answer += gaps[random() % std::size(gaps)];
    }
    const auto bytes = static_cast<std::uint32_t>(random() % 300);
    const auto range = engine.index().passage(answer, bytes);
    CAPTURE(i, bytes);
    CHECK(range.begin <= range.end);
    CHECK(range.end <= answer.size());
    CHECK(range.end - range.begin <= bytes);
  }
}
