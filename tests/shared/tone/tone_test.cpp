// The tone of texts: single cases, and how often it is right on messages that were made up.
#include "shared/tone/tone.h"

#include <array>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "tests/catch.h"

namespace {

using namespace askus::tone;

struct Case {
  const char* text;
  Tone tone;
};

constexpr Case kCases[] = {
    {"", Tone::kNeutral},
    {"Як оплатити рахунок?", Tone::kNeutral},
    {"Дякую!", Tone::kPositive},
    {"Чи можна оплатити карткою? Дякую", Tone::kNeutral},
    {"Thanks in advance", Tone::kNeutral},
    {"Я не задоволена", Tone::kNegative},
    {"Not very helpful, not a great answer", Tone::kNegative},
    {"Непогано, зовсім не жах", Tone::kPositive},
    {"Ужас", Tone::kNegative},
    {"жахливого сервісу", Tone::kNegative},
    {"ПОЧЕМУ МНЕ НИКТО НЕ ПЕРЕЗВОНИЛ", Tone::kNegative},
    {"Код ABCD, IBAN, а ще РНОКПП та їхні копії, потрібні завтра",
     Tone::kNeutral},  // too few to be a shout
    {"\xff\xfe\x80", Tone::kNeutral},
    {"👍", Tone::kPositive},
    {"😡", Tone::kNegative},
};

struct Right {
  // [told][guessed], negative, neutral, positive.
  std::array<std::array<int, 3>, 3> n{};
  int all() const {
    int sum = 0;
    for (const auto& row : n)
      for (const int one : row) sum += one;
    return sum;
  }
  int right() const { return n[0][0] + n[1][1] + n[2][2]; }
  double precision(std::size_t tone) const {
    return double(n[tone][tone]) / std::max(1, n[0][tone] + n[1][tone] + n[2][tone]);
  }
  double recall(std::size_t tone) const {
    return double(n[tone][tone]) / std::max(1, n[tone][0] + n[tone][1] + n[tone][2]);
  }
};

}  // namespace

TEST_CASE("what words say of a tone, with their negation, courtesy and noise") {
  for (const Case& c : kCases) {
    CAPTURE(c.text);
    CHECK(name_of(guess(c.text)) == name_of(c.tone));
  }
  CHECK(of_mood("happy") == Tone::kPositive);
  CHECK(of_mood("indifferent") == Tone::kNeutral);
  CHECK(of_mood("upset") == Tone::kNegative);
  CHECK(guess(std::string(1 << 20, '!')) == Tone::kNeutral);
}

TEST_CASE("how often the tone is right") {
  std::ifstream file("tests/shared/tone/told.tsv");
  REQUIRE(file.good());
  std::map<std::string, Right> by;
  int number = 0;
  std::string missed;  // of those that words and constants were chosen on
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    REQUIRE(line.size() > 5);
    const std::string language = line.substr(0, 2), text = line.substr(5);
    const std::size_t told = line[3] == 'n' ? 0 : line[3] == 'o' ? 1 : 2;
    const auto guessed = static_cast<std::size_t>(guess(text));
    const bool chosen_on = ++number % 2 == 1;
    ++by[chosen_on ? "chosen on" : "held out"].n.at(told).at(guessed);
    ++by[language].n.at(told).at(guessed);
    if (chosen_on && told != guessed && std::getenv("ASKUS_TONE_MISSES") != nullptr)
      missed += "\n" + line + " -> " + std::string(name_of(guess(text)));
  }
  std::ostringstream figures;
  for (const auto& [name, r] : by)
    figures << "\n"
            << name << ": " << r.right() << " of " << r.all() << "; negative precision "
            << r.precision(0) << " recall " << r.recall(0) << "; positive precision "
            << r.precision(2) << " recall " << r.recall(2) << "; pleased taken for displeased "
            << r.n[2][0] << ", the reverse " << r.n[0][2];
  WARN("tone" << figures.str() << missed);
  const Right& held_out = by["held out"];
  CHECK(number >= 150);
  CHECK(double(held_out.right()) / held_out.all() >= 0.88);
  CHECK(held_out.precision(0) >= 0.9);
  CHECK(held_out.precision(2) >= 0.85);
}
