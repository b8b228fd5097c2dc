#include "shared/text/english.h"

#include <string>

#include "shared/text/stem.h"
#include "tests/catch.h"

using namespace askus::text;

namespace {

std::string stem(std::string word) {
  word.resize(english_stem(word.data(), word.size()));
  return word;
}

struct Case {
  std::string_view word, stem;
};

}  // namespace

// Pairs of snowballstem.org's vocabulary for Porter2, and of the algorithm's own examples.
TEST_CASE("English words get Porter2's stems") {
  const Case cases[] = {
      // plurals
      {"caresses", "caress"},
      {"ponies", "poni"},
      {"ties", "tie"},
      {"cats", "cat"},
      {"gaps", "gap"},
      {"gas", "gas"},
      {"this", "this"},
      {"kiwis", "kiwi"},
      {"status", "status"},
      {"routers", "router"},
      {"router's", "router"},
      // past forms and participles
      {"feed", "feed"},
      {"speed", "speed"},
      {"agreed", "agre"},
      {"plastered", "plaster"},
      {"bled", "bled"},
      {"motoring", "motor"},
      {"sing", "sing"},
      {"conflated", "conflat"},
      {"troubled", "troubl"},
      {"sized", "size"},
      {"hopping", "hop"},
      {"hoping", "hope"},
      {"tanned", "tan"},
      {"falling", "fall"},
      {"hissing", "hiss"},
      {"fizzed", "fizz"},
      {"failing", "fail"},
      {"filing", "file"},
      {"settings", "set"},
      {"controlling", "control"},
      {"paying", "pay"},
      // y
      {"happy", "happi"},
      {"cry", "cri"},
      {"say", "say"},
      {"by", "by"},
      // derived words
      {"relational", "relat"},
      {"conditional", "condit"},
      {"rational", "ration"},
      {"digitizer", "digit"},
      {"operator", "oper"},
      {"feudalism", "feudal"},
      {"decisiveness", "decis"},
      {"hopefulness", "hope"},
      {"callousness", "callous"},
      {"formality", "formal"},
      {"sensitivity", "sensit"},
      {"sensibility", "sensibl"},
      {"generalization", "general"},
      {"generate", "generat"},
      {"knightly", "knight"},
      {"triplicate", "triplic"},
      {"formative", "format"},
      {"formalize", "formal"},
      {"electricity", "electr"},
      {"electrical", "electr"},
      {"goodness", "good"},
      {"revival", "reviv"},
      {"allowance", "allow"},
      {"inference", "infer"},
      {"adjustable", "adjust"},
      {"adjustment", "adjust"},
      {"defensible", "defens"},
      {"replacement", "replac"},
      {"payment", "payment"},
      {"dependent", "depend"},
      {"adoption", "adopt"},
      {"communism", "communism"},
      {"activate", "activ"},
      {"effective", "effect"},
      // the last letter
      {"probate", "probat"},
      {"rate", "rate"},
      {"cease", "ceas"},
      {"roll", "roll"},
      {"internet", "internet"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.word);
    CHECK(stem(std::string(c.word)) == c.stem);
  }
}

TEST_CASE("a short English word stays as it is") {
  for (const std::string_view word : {"sky", "tv", "a", "sim", "ads"}) {
    CAPTURE(word);
    CHECK(Stem(word).view() == word);
  }
}
