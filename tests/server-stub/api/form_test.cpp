// The request form without JavaScript, as a browser would use it.
#include "server-stub/api/form.h"

#include <map>

#include "tests/server-stub/api/harness.h"

namespace {

using namespace askus;
using namespace std::chrono_literals;
using testing::Answer;
using testing::Fields;
using testing::Harness;
using testing::Setup;
using testing::uuid;
using Form = std::map<std::string, std::string>;

const std::string kPage = "/sites/demo/ask";
const Fields kType{{"Content-Type", "application/x-www-form-urlencoded"}};

std::string encode(const Form& form) {
  std::string body;
  for (const auto& [name, value] : form) {
    body += (body.empty() ? "" : "&") + name + "=";
    for (const char c : value) {
      char escaped[4];
      std::snprintf(escaped, sizeof escaped, "%%%02X", static_cast<unsigned char>(c));
      body += escaped;
    }
  }
  return body;
}

bool shows(const Answer& answer, const std::string& text) {
  return answer.body.find(text) != std::string::npos;
}

// The value of a hidden field of the page.
std::string hidden(const Answer& page, const std::string& name) {
  const std::string before = "name=\"" + name + "\" value=\"";
  const std::size_t at = page.body.find(before);
  if (at == std::string::npos) return "none";
  const std::size_t begin = at + before.size();
  return page.body.substr(begin, page.body.find('"', begin) - begin);
}

Form filled(const Harness& h, int n = 1) {
  return {{"id", uuid(n)},   {"form", h.form_token(5s)},
          {"lang", "en"},    {"kind", "question"},
          {"title", "Why?"}, {"details", "one\r\ntwo"},
          {"name", "Марія"}, {"contact", "m@example.org"},
          {"website", ""},   {"category", ""}};
}

Answer send(Harness& h, const Form& form) {
  return h.ask("POST", kPage, kType, encode(form));
}

Setup guarded() {
  Setup setup;
  setup.abuse = {};
  return setup;
}

}  // namespace

TEST_CASE("the form is a page that needs no script and runs none") {
  Harness h(guarded());
  const Answer page = h.ask("GET", kPage + "?form=1&lang=en");
  REQUIRE(page.status == 200);
  CHECK(page.headers.at("content-type") == "text/html; charset=utf-8");
  CHECK(page.headers.at("cache-control") == "no-store");
  const std::string policy = page.headers.at("content-security-policy");
  CHECK(policy.find("form-action 'self'") != std::string::npos);
  CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
  CHECK(policy.find("script-src") == std::string::npos);
  CHECK_FALSE(shows(page, "<script"));
  CHECK(shows(page, "<html lang=\"en\">"));
  CHECK(shows(page, "action=\"/sites/demo/ask\""));
  CHECK(hidden(page, "id").size() == 36);
  CHECK(hidden(page, "form").size() == 43);
  CHECK(hidden(h.ask("GET", kPage + "?form=1"), "id") != hidden(page, "id"));
  // Without it the address is the panel's, as ever.
  CHECK(shows(h.ask("GET", kPage), "askus-config"));
  CHECK(h.ask("GET", "/sites/nowhere/ask?form=1").problem() == "unknown-site");
}

TEST_CASE("the form speaks the language that is asked for, or the browser's") {
  Harness h(guarded());
  CHECK(shows(h.ask("GET", kPage + "?form=1&lang=uk"), "<html lang=\"uk\">"));
  CHECK(shows(h.ask("GET", kPage + "?form=1", {{"Accept-Language", "uk-UA,uk;q=0.9,en;q=0.8"}}),
              "<html lang=\"uk\">"));
  CHECK(shows(h.ask("GET", kPage + "?form=1", {{"Accept-Language", "fr"}}), "<html lang=\"en\">"));
  CHECK(shows(h.ask("GET", kPage + "?form=1&lang=%22%3E%3Cb"), "<html lang=\"en\">"));
}

TEST_CASE("a filled-in form becomes a row, and the page shows its number") {
  Harness h(guarded());
  const Answer sent = send(h, filled(h));
  REQUIRE(sent.status == 303);
  const std::string location = sent.headers.at("location");
  CHECK(location.starts_with("/sites/demo/ask?form=1&lang=en&sent=1."));
  const Answer page = h.ask("GET", location);
  CHECK(page.status == 200);
  CHECK(shows(page, "<h1>no. 1 received</h1>"));
  CHECK(h.sql("SELECT details FROM requests") == "one\ntwo");
  CHECK(h.sql("SELECT name FROM requests") == "Марія");
  CHECK(h.sql("SELECT channel FROM requests") == "form");
  CHECK(h.sql("SELECT language FROM requests") == "en");
  // Nobody else makes this site say a number.
  std::string forged = location;
  forged.replace(forged.find("sent=1"), 6, "sent=2");
  CHECK_FALSE(shows(h.ask("GET", forged), "received</h1>"));
}

TEST_CASE("pressed twice the form is one request, changed it is another") {
  Harness h(guarded());
  const Answer first = send(h, filled(h)), again = send(h, filled(h));
  CHECK(again.status == 303);
  CHECK(again.headers.at("location") == first.headers.at("location"));
  CHECK(h.rows() == "1");
  Form changed = filled(h);
  changed["title"] = "Why not?";
  const Answer offered = send(h, changed);
  CHECK(offered.status == 422);
  CHECK(shows(offered, "press_again"));
  CHECK(shows(offered, "value=\"Why not?\""));
  changed["id"] = hidden(offered, "id");
  CHECK(send(h, changed).status == 303);
  CHECK(h.rows() == "2");
}

TEST_CASE("with consent pressed twice is still one request") {
  Harness h(guarded());
  const auto publication = testing::make_publication(h.key, 1, testing::tiny_snapshot("answer"));
  REQUIRE(h.publish(publication.body()).status == 201);
  const Answer page = h.ask("GET", kPage + "?form=1&lang=en");
  CHECK(shows(page, "You may keep this."));
  CHECK(shows(page, "<option value=\"billing\">Billing</option>"));
  const Answer refused = send(h, filled(h));
  CHECK(refused.status == 422);
  CHECK(shows(refused, "error_consent"));
  Form agreed = filled(h);
  agreed["consent"] = "1";
  agreed["category"] = "billing";
  CHECK(send(h, agreed).status == 303);
  CHECK(send(h, agreed).status == 303);
  CHECK(h.rows() == "1");
  CHECK(h.sql("SELECT consent_hash FROM requests") == publish::sha256_hex("You may keep this."));
  CHECK(h.sql("SELECT consent_at FROM requests").ends_with("Z"));
  agreed["id"] = uuid(2);
  agreed["category"] = "unknown";
  CHECK(send(h, agreed).status == 422);
}

TEST_CASE("what is wrong is shown beside what was typed, which is kept and harmless") {
  Harness h(guarded());
  const std::string markup = "<script>alert(1)</script>\"'&";
  struct Case {
    std::string field, value, error;
  };
  const Case cases[] = {
      {"title", "", "error_title"},
      {"title", " ", "error_title"},
      {"title", std::string(500, 'x'), "error_too_long"},
      {"contact", "nobody", "error_contact"},
      {"details", std::string(40'000, 'x'), "error_too_long"},
      {"kind", "complaint", "is not one of"},
      {"name", std::string(201, 'x'), "error_too_long"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.field, c.error);
    Form form = filled(h);
    form["name"] = markup;
    form[c.field] = c.value;
    const Answer answer = send(h, form);
    CHECK(answer.status == 422);
    CHECK(shows(answer, "id=\"" + c.field + "-error\">"));
    CHECK(shows(answer, c.error));
    CHECK_FALSE(shows(answer, "<script"));
    if (c.field != "name")
      CHECK(shows(answer, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"));
    CHECK(hidden(answer, "id") == form["id"]);
    CHECK(hidden(answer, "form") == form["form"]);  // its age is kept
  }
  CHECK(h.rows() == "0");
}

TEST_CASE("who cannot be told from a program presses once more") {
  Harness h(guarded());
  struct Case {
    const char* what;
    std::string field, value;
    unsigned status;
  };
  const Case cases[] = {
      {"the trap is filled in", "website", "https://spam.example", 422},
      {"filled in within two seconds", "form", h.form_token(1s), 403},
      {"no token", "form", "", 403},
      {"an old token", "form", h.form_token(48h), 403},
      {"no key", "id", "", 422},
      {"a key of another form", "id", "01890A5D-AC96-774B-BCCE-000000000001", 422},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    Form form = filled(h);
    form[c.field] = c.value;
    const Answer again = send(h, form);
    CHECK(again.status == c.status);
    CHECK(shows(again, "press_again"));
    CHECK(shows(again, "value=\"Why?\""));
    CHECK_FALSE(shows(again, "spam.example"));
    CHECK(hidden(again, "id").size() == 36);
    CHECK(hidden(again, "form").size() == 43);
  }
  CHECK(h.rows() == "0");
}

TEST_CASE("over the free rate the form costs a wait, and its token counts once") {
  Harness h(guarded());
  for (int n = 1; n <= 20; ++n) CHECK(send(h, filled(h, n)).status == 303);
  Form form = filled(h, 21);
  const Answer wait = send(h, form);
  CHECK(wait.status == 403);
  CHECK(shows(wait, "form_wait"));
  CHECK(hidden(wait, "form") == form["form"]);
  form["form"] = h.form_token(20s);
  CHECK(send(h, form).status == 303);
  form["id"] = uuid(22);
  const Answer spent = send(h, form);
  CHECK(spent.status == 403);
  CHECK(shows(spent, "press_again"));
  CHECK(hidden(spent, "form") != form["form"]);
  CHECK(h.rows() == "21");
}

TEST_CASE("over the hard limit the form keeps its text and says when") {
  Setup setup = guarded();
  setup.abuse.rates.ipv4_per_hour = 1;
  Harness h(setup);
  CHECK(send(h, filled(h, 1)).status == 303);
  const Answer busy = send(h, filled(h, 2));
  CHECK(busy.status == 429);
  CHECK(busy.headers.at("retry-after") == "3600");
  CHECK(shows(busy, "form_busy"));
  CHECK(shows(busy, "value=\"Why?\""));
}

TEST_CASE("the trap has its switch, and only forms are taken") {
  Setup setup = guarded();
  setup.abuse.honeypot = false;
  Harness h(setup);
  CHECK_FALSE(shows(h.ask("GET", kPage + "?form=1"), "website"));
  Form form = filled(h);
  form["website"] = "x";
  CHECK(send(h, form).status == 303);
  CHECK(h.ask("POST", kPage, {{"Content-Type", "application/json"}}, "{}").status == 415);
  CHECK(h.ask("POST", kPage, kType, "title=%zz").problem() == "bad-request");
  CHECK(h.ask("POST", "/sites/nowhere/ask", kType, encode(form)).problem() == "unknown-site");
}
