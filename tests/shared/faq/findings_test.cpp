// Every rule with its exact text: what a marketer reads.
#include "tests/catch.h"
#include "tests/shared/faq/helpers.h"

using namespace askus::faq;

namespace {

constexpr const char* kSite =
    R"({"site":"demo","languages":["uk","en"],"categories":[{"id":"billing","title":{"uk":"Оплата"}},
        {"id":"internet","title":{}}]})";
constexpr const char* kOneLanguage = R"({"site":"demo","languages":["uk"]})";

struct Case {
  const char* name;
  const char* file;
  std::string bytes;
  const char* site;
  std::vector<std::string> findings;
};

std::string row(const std::string& cells) {
  return "id,lang,category,title,phrasings,answer,comments,tags,author,role,updated,url\n" + cells +
         "\n";
}

// Two languages of the topic x, which nothing is wrong with, after 9 cells of the first.
std::string topic(const std::string& uk) {
  return row(uk + "\nx,en,,Other,,Text,,,,,,");
}

const std::string kLongTitle(601, 'x');

std::vector<Case> cases() {
  return {
      {"duplicate-id",
       "f.csv",
       row("a,uk,,T,,A,,,,,,\na,uk,,U,,B,,,,,,"),
       kOneLanguage,
       {"f.csv:3: error [duplicate-id] id: found \"a\"; the same id and language are already in "
        "f.csv:2; delete one of the two or give it another id"}},
      {"missing-id",
       "f.csv",
       row(",uk,,T,,A,,,,,,"),
       kOneLanguage,
       {"f.csv:2: error [missing-id] id: give every record an id; the languages of one topic share "
        "it"}},
      {"bad-id",
       "f.csv",
       row("how to pay,uk,,T,,A,,,,,,"),
       kOneLanguage,
       {"f.csv:2: error [bad-id] id: found \"how to pay\"; an id has no spaces, quotes, brackets, "
        "# "
        "or %; write it like tariff-change"}},
      {"missing-lang",
       "f.csv",
       topic("x,,,T,,A,,,,,,"),
       kSite,
       {"f.csv:2: error [missing-lang] lang: name the language of each record: uk, en"}},
      {"bad-language",
       "f.csv",
       topic("x,ua,,T,,A,,,,,,"),
       kSite,
       {"f.csv:2: error [bad-language] lang: found \"ua\"; the tag of this language is \"uk\""}},
      {"bad-language word",
       "f.csv",
       topic("x,Українська,,T,,A,,,,,,"),
       kSite,
       {"f.csv:2: error [bad-language] lang: found \"Українська\"; the tag of this language is "
        "\"uk\""}},
      {"unknown-language",
       "f.csv",
       topic("x,de,,T,,A,,,,,,"),
       kSite,
       {"f.csv:2: error [unknown-language] lang: found \"de\"; the settings have uk, en"}},
      {"unknown-category",
       "f.csv",
       topic("x,uk,biling,T,,A,,,,,,"),
       kSite,
       {"f.csv:2: error [unknown-category] category: found \"biling\"; did you mean \"billing\"? "
        "use "
        "one of billing, internet"}},
      {"unknown-category by title",
       "f.csv",
       topic("x,uk,оплата,T,,A,,,,,,"),
       kSite,
       {"f.csv:2: error [unknown-category] category: found \"оплата\"; did you mean \"billing\"? "
        "use "
        "one of billing, internet"}},
      {"other-category",
       "f.csv",
       row("x,uk,billing,T,,A,,,,,,\nx,en,internet,Other,,Text,,,,,,"),
       kSite,
       {"f.csv:3: warning [other-category] category: found \"internet\"; topic \"x\" is in "
        "\"billing\" already; a topic has one category"}},
      {"bad-utf8",
       "f.csv",
       row("a,uk,,\xD0,,A,,,,,,"),
       kOneLanguage,
       {"f.csv:2: error [bad-utf8] title: found \"\uFFFD\"; save the file as UTF-8 (in Excel: "
        "\"CSV "
        "UTF-8\")"}},
      {"bad-utf8 UTF-16",
       "f.csv",
       "\xFF\xFEi",
       kOneLanguage,
       {"f.csv: error [bad-utf8] the file is UTF-16; save it as UTF-8 (in Excel: \"CSV UTF-8\")"}},
      {"control-character",
       "f.csv",
       row(std::string("a,uk,,T,,A\0B,,,,,,", 18)),
       kOneLanguage,
       {"f.csv:2: error [control-character] answer: found \"U+0000\"; delete the invisible "
        "character"}},
      {"control-character in JSON",
       "f.jsonl",
       R"({"id":"a","title":"T\u0000","answer":"A"})",
       kOneLanguage,
       {"f.jsonl:1: error [control-character] title: found \"U+0000\"; delete the invisible "
        "character"}},
      {"too-long",
       "f.csv",
       row("a,uk,," + kLongTitle + ",,A,,,,,,"),
       kOneLanguage,
       {"f.csv:2: error [too-long] title: found \"" + std::string(60, 'x') +
        "...\"; it has 601 bytes; at most 600 fit (about 300 Cyrillic or 600 Latin letters)"}},
      {"bad-link in url",
       "f.csv",
       row("a,uk,,T,,A,,,,,,http://a.b"),
       kOneLanguage,
       {"f.csv:2: error [bad-link] url: found \"http://a.b\"; a full address that begins with "
        "https://"}},
      {"bad-link in a comment's picture",
       "f.jsonl",
       R"({"id":"a","title":"T","answer":"A","comments":[{"text":"x","picture":"data:,"}]})",
       kOneLanguage,
       {"f.jsonl:1: error [bad-link] comments: found \"data:,\"; a full address that begins with "
        "https://"}},
      {"dead-link in url",
       "f.csv",
       row("a,uk,,T,,A,,,,,,https://"),
       kOneLanguage,
       {"f.csv:2: warning [dead-link] url: found \"https://\"; this is not a valid address"}},
      {"bad-link",
       "f.csv",
       row("a,uk,,T,,[x](javascript:y),,,,,,"),
       kOneLanguage,
       {"f.csv:2: error [bad-link] answer: found \"javascript:y\"; a link begins with https://, "
        "mailto: or tel:, or is #topic-id"}},
      {"bad-link of a picture",
       "f.csv",
       row("a,uk,,T,,![x](http://a.b/c.png),,,,,,"),
       kOneLanguage,
       {"f.csv:2: error [bad-link] answer: found \"http://a.b/c.png\"; a picture's address begins "
        "with https://"}},
      {"dead-link",
       "f.csv",
       row("tariffs,uk,,T,,[x](#tarifs),,,,,,"),
       kOneLanguage,
       {"f.csv:2: warning [dead-link] answer: found \"#tarifs\"; there is no topic with this id; "
        "did you mean #tariffs?"}},
      {"dead-link malformed",
       "f.csv",
       row("a,uk,,T,,[x](www.a.b),,,,,,"),
       kOneLanguage,
       {"f.csv:2: warning [dead-link] answer: found \"www.a.b\"; this is not a valid address; a "
        "link "
        "begins with https://, mailto: or tel:, or is #topic-id"}},
      {"empty texts",
       "f.csv",
       row("a,uk,,,,,,,,,,"),
       kOneLanguage,
       {"f.csv:2: warning [empty-answer] answer: write the answer, or delete the topic until there "
        "is one",
        "f.csv:2: warning [empty-title] title: write the question as visitors would ask it"}},
      {"same-title",
       "f.csv",
       row("a,uk,,Як платити?,,A,,,,,,\nb,uk,,ЯК  ПЛАТИТИ,,B,,,,,,"),
       kOneLanguage,
       {"f.csv:3: warning [same-title] title: found \"ЯК  ПЛАТИТИ\"; topic \"a\" (f.csv:2) has the "
        "same title; join the two, or say in the titles how they differ"}},
      {"same-answer",
       "f.csv",
       row("a,uk,,T,,So!,,,,,,\nb,uk,,U,,so,,,,,,"),
       kOneLanguage,
       {"f.csv:3: warning [same-answer] answer: found \"so\"; topic \"a\" (f.csv:2) has the same "
        "answer; join the two and keep the other title as a phrasing"}},
      {"missing-language",
       "f.csv",
       row("a,uk,,T,,A,,,,,,\nx,uk,,U,,B,,,,,,\nx,en,,O,,C,,,,,,"),
       kSite,
       {"f.csv:2: warning [missing-language] lang: found \"a\"; this topic has no version in en"}},
      {"missing-language everywhere",
       "f.csv",
       row("a,uk,,T,,A,,,,,,\nb,en,,U,,B,,,,,,"),
       kSite,
       {"f.csv: warning [missing-language] id: none of the 2 topics has two of the languages uk, "
        "en; "
        "give the versions of one topic the same id"}},
      {"bad-date",
       "f.csv",
       row("a,uk,,T,,A,,,,,May 5,"),
       kOneLanguage,
       {"f.csv:2: warning [bad-date] updated: found \"May 5\"; write the date as 2026-05-31 or "
        "31.05.2026"}},
      {"comment-format",
       "f.csv",
       row("a,uk,,T,,A,Thanks!,,,,,"),
       kOneLanguage,
       {"f.csv:2: warning [comment-format] comments: found \"Thanks!\"; write one comment a line "
        "as: "
        "Author | role | 2026-05-31 | text"}},
      {"comment without text",
       "f.csv",
       row("a,uk,,T,,A,Ann | x | |,,,,,"),
       kOneLanguage,
       {"f.csv:2: warning [comment-format] comments: found \"Ann\"; write one comment a line as: "
        "Author | role | 2026-05-31 | text"}},
      {"unknown-column",
       "f.csv",
       "id,titel,title,answer\na,x,T,A\n",
       kOneLanguage,
       {"f.csv:1: warning [unknown-column] titel: found \"titel\"; it is not read; did you mean "
        "\"title\"?"}},
      {"repeated-column",
       "f.csv",
       "id,title,answer,body\na,T,A,B\n",
       kOneLanguage,
       {"f.csv:1: error [repeated-column] answer: found \"body\"; keep one column of this name"}},
      {"missing-column",
       "f.csv",
       "id,title\na,T\n",
       kOneLanguage,
       {"f.csv:1: error [missing-column] answer: the first row names the columns; \"answer\" is "
        "not "
        "among them",
        "f.csv:2: warning [empty-answer] answer: write the answer, or delete the topic until there "
        "is one"}},
      {"extra-cell",
       "f.csv",
       "id,title,answer\na,T,A, more\n",
       kOneLanguage,
       {"f.csv:2: error [extra-cell] found \"more\"; the row has more cells than the first one; "
        "put "
        "a text with a separator or a line break in quotes"}},
      {"missing-cells",
       "f.csv",
       "id,title,answer,tags\na,T,A\n",
       kOneLanguage,
       {"f.csv:2: warning [missing-cells] found \"A\"; the row has 3 cells, the first one 4; put a "
        "text with a line break in quotes"}},
      {"empty-file",
       "f.csv",
       " \n",
       kOneLanguage,
       {"f.csv: error [empty-file] there is nothing in the file"}},
      {"no-topics",
       "f.csv",
       "id,title,answer\n",
       kOneLanguage,
       {"f.csv: error [no-topics] there is no topic in the FAQ"}},
      {"bad-json",
       "f.jsonl",
       "{\"id\":\"a\",\"title\":\"T\",\"answer\":\"A\"}\n{\"id\":\n",
       kOneLanguage,
       {"f.jsonl:2: error [bad-json] found \"syntax error while parsing value - unexpected end of "
        "input; ...\"; each line holds one JSON object"}},
      {"wrong-type",
       "f.jsonl",
       R"({"id":5,"title":"T","answer":"A","tags":{"a":1}})",
       kOneLanguage,
       {"f.jsonl:1: error [wrong-type] id: found \"5\"; a text in quotes",
        "f.jsonl:1: error [wrong-type] tags: found \"{\"a\":1}\"; a list of texts"}},
      {"wrong-type record",
       "f.jsonl",
       "[]",
       kOneLanguage,
       {"f.jsonl:1: error [wrong-type] found \"[]\"; each record is an object with the keys id, "
        "lang, "
        "category, title, phrasings, answer, comments, tags, author, role, updated, url, picture, "
        "tests, proposed"}},
      {"repeated key",
       "f.jsonl",
       R"({"id":"a","id":"b","title":"T","answer":"A"})",
       kOneLanguage,
       {"f.jsonl:1: error [repeated-column] id: found \"id\"; keep one key of this name"}},
      {"too-many",
       "f.jsonl",
       R"({"id":"a","title":"T","answer":"A","tags":[)" +
           [] {
             std::string tags = "\"t\"";
             for (int i = 0; i < 50; ++i) tags += ",\"t\"";
             return tags;
           }() +
           "]}",
       kOneLanguage,
       {"f.jsonl:1: error [too-many] tags: found \"51\"; at most 50 in one language of a topic"}},
  };
}

}  // namespace

TEST_CASE("each rule says what was found and what would be right") {
  for (const Case& c : cases()) {
    CAPTURE(c.name);
    CHECK(texts_of(check_text(c.file, c.bytes, c.site).findings) == c.findings);
  }
}

TEST_CASE("a clean FAQ has no findings") {
  const Checked checked =
      check_text("f.csv", topic("x,uk,billing,T,p,A,,t,A,r,2026-05-31,"), kSite);
  CHECK(texts_of(checked.findings).empty());
  CHECK_FALSE(checked.has_errors());
  CHECK_FALSE(checked.has_warnings());
  CHECK(checked.faq.topics.size() == 1);
}

TEST_CASE("texts fit up to their limit") {
  CHECK(texts_of(
            check_text("f.csv", row("a,uk,," + std::string(600, 'x') + ",,A,,,,,,"), kOneLanguage)
                .findings)
            .empty());
}
