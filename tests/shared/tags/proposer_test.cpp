// Tags that are proposed: single cases, and how often they are right on requests that were made up.
#include "shared/tags/proposer.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "shared/lexicon/builtin.h"
#include "shared/tags/ready_made.h"
#include "tests/catch.h"

namespace {

using namespace askus::tags;

std::vector<std::string> words_of(std::string_view list, char by) {
  std::vector<std::string> words;
  std::istringstream in{std::string(list)};
  for (std::string word; std::getline(in, word, by);)
    if (!word.empty()) words.push_back(word);
  return words;
}

std::vector<ProposedBy> ready_made_list() {
  std::vector<ProposedBy> list;
  std::map<std::string_view, std::uint32_t> places;
  for (const ReadyMade& one : ready_made()) {
    const std::size_t slash = one.path.rfind('/');
    ProposedBy by{words_of(one.concepts, ' '),
                  {std::string(one.uk), std::string(one.ru), std::string(one.en)},
                  ProposedBy::kNoParent};
    if (slash != std::string_view::npos) by.parent = places.at(one.path.substr(0, slash));
    places[one.path] = static_cast<std::uint32_t>(list.size());
    list.push_back(std::move(by));
  }
  return list;
}

Proposer& proposer() {
  static Proposer one(ready_made_list());
  return one;
}

// Paths, parted by spaces, best first.
std::string proposed(std::string_view title, std::string_view details = {}) {
  std::string text;
  for (const Proposal& one : proposer().propose(title, details))
    text += (text.empty() ? "" : " ") + std::string(ready_made()[one.tag].path);
  return text;
}

struct Right {
  int all = 0, first = 0, among = 0, none = 0;
};

std::string figures(const char* name, const Right& r) {
  std::ostringstream out;
  out << name << ": " << r.all << " requests, first right " << r.first << ", among three "
      << r.among << ", nothing proposed " << r.none;
  return out.str();
}

}  // namespace

TEST_CASE("the ready-made tree is whole: parents first, known concepts, three titles") {
  std::map<std::string_view, int> seen, concepts;
  for (const auto& one : askus::lexicon::builtin().concepts) concepts[one.id] = 0;
  for (const ReadyMade& one : ready_made()) {
    CAPTURE(one.path);
    CHECK(seen[one.path]++ == 0);
    const std::size_t slash = one.path.rfind('/');
    if (slash != std::string_view::npos) CHECK(seen.count(one.path.substr(0, slash)) == 1);
    for (const std::string_view title : {one.uk, one.ru, one.en}) CHECK_FALSE(title.empty());
    for (const std::string& id : words_of(one.concepts, ' ')) {
      CAPTURE(id);
      REQUIRE(concepts.count(id) == 1);
      CHECK(concepts[id]++ == 0);  // of one tag only
    }
  }
  CHECK(ready_made().size() >= 80);
}

TEST_CASE("a tag is proposed whatever form the words are in, misspelt, in Latin, on other keys") {
  for (const char* text : {"забув пароль", "забыла пароль!!", "zabuv parol", "забув паороль",
                           "pf,ed gfhjkm", "I forgot my password"}) {
    CAPTURE(text);
    CHECK(proposed(text).starts_with("account/password"));
  }
  CHECK(proposed("").empty());
  CHECK(proposed("ой", "\xff\xfe \x01").empty());
  for (const char* other : {"борщ зі сметаною", "The weather was lovely and the birds sang"}) {
    CAPTURE(other, proposed(other));
    CHECK(proposed(other).empty());
  }
}

TEST_CASE("a tag and the one above it are not both proposed; the same again gives the same") {
  const std::string text = proposed("Refund", "Still no refund, where is my money?");
  CHECK(text.starts_with("billing/refund/late"));
  CHECK(text.find("billing/refund ") == std::string::npos);
  CHECK(proposed("Refund", "Still no refund, where is my money?") == text);
}

TEST_CASE("a site's own words propose its tag, and a tree of nothing proposes nothing") {
  const ProposedBy tags[] = {{{}, {"кава з собою", "barista"}, ProposedBy::kNoParent},
                             {{"no-such-concept"}, {}, ProposedBy::kNoParent}};
  Proposer own(tags);
  const auto found = own.propose("Чому каву з собою не можна?", "");
  REQUIRE(found.size() == 1);
  CHECK(found[0].tag == 0);
  CHECK(own.propose("the baristas were kind", "").size() == 1);
  CHECK(own.propose("Coffee", "").empty());
  CHECK(Proposer({}).propose("anything", "at all").empty());
}

TEST_CASE("how often proposals are right") {
  std::ifstream file("tests/shared/tags/asked.tsv");
  REQUIRE(file.good());
  std::map<std::string, Right> by;
  int number = 0;
  std::string missed;  // of those that the constants were chosen on
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> cells = words_of(line, '\t');
    REQUIRE(cells.size() == 3);
    const bool chosen_on = ++number % 2 == 1;
    const auto wanted = words_of(cells[1], '|');
    const auto is_wanted = [&](const std::string& path) {
      return std::find(wanted.begin(), wanted.end(), path) != wanted.end();
    };
    for (const std::string& path : wanted)
      REQUIRE(std::any_of(ready_made().begin(), ready_made().end(),
                          [&](const ReadyMade& one) { return one.path == path; }));
    const std::string text = proposed(cells[2]);
    const auto paths = words_of(text, ' ');
    const bool first = !paths.empty() && is_wanted(paths.front());
    const bool among = std::any_of(paths.begin(), paths.end(), is_wanted);
    for (const std::string& group : {std::string(chosen_on ? "chosen on" : "held out"), cells[0]}) {
      Right& r = by[group];
      ++r.all;
      r.first += first;
      r.among += among;
      r.none += paths.empty();
    }
    if (!first && chosen_on && std::getenv("ASKUS_TAGS_MISSES") != nullptr)
      missed += "\n" + cells[1] + " <- " + cells[2] + " -> " + text;
  }
  std::string all;
  for (const auto& [name, right] : by) all += "\n" + figures(name.c_str(), right);
  WARN("proposals" << all << missed);
  const Right& held_out = by["held out"];
  const auto share = [&](int n) { return double(n) / held_out.all; };
  CHECK(number >= 150);
  CHECK(share(held_out.first) >= 0.72);
  CHECK(share(held_out.among) >= 0.77);
}
