// Mail: the bytes that go over the wire, our own words, who wants none, and what waits to be sent.
#include <future>

#include "server-stub/out/letter.h"
#include "server-stub/out/mail_message.h"
#include "server-stub/out/mail_row.h"
#include "server-stub/out/outbox.h"
#include "server-stub/out/unsubscribe.h"
#include "server-stub/out/webhook_feed.h"
#include "server-stub/store/awaited.h"
#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using namespace askus::out;
using testing::Backend;
using testing::Place;

MailMessage message() {
  MailMessage m;
  m.from = "help@example.org";
  m.from_name = "Help";
  m.to = "maria@example.net";
  m.subject = "An answer";
  m.id = "0190.email";
  m.thread = "request.0190";
  m.list = "replies.demo";
  m.unsubscribe = "https://ask.example/sites/demo/unsubscribe?token=x";
  m.text = "Привіт\n.\nдва";
  m.html = "<p>Привіт</p>";
  m.at = 784'111'777;
  return m;
}

std::string head_of(const std::string& mail) {
  return mail.substr(0, mail.find("\r\n\r\n") + 2);
}

// The header's lines whose name is that.
int count(const std::string& head, const std::string& name) {
  int found = 0;
  for (std::size_t at = ("\r\n" + head).find("\r\n" + name + ":"); at != std::string::npos;
       at = ("\r\n" + head).find("\r\n" + name + ":", at + 1))
    ++found;
  return found;
}

Mail mail_to(const std::string& to, const std::string& key = "report:2026-11") {
  return {"demo", std::string(kReportList), key, to, "uk", "Звіт", "текст", ""};
}

store::Written put(store::Store& store, Mail mail) {
  return store::awaited<store::Written>(
      [&](auto done) { put_mail(store, std::move(mail), 5, done); });
}

}  // namespace

TEST_CASE("a mail has its headers once each, in ASCII, whatever people have written") {
  const std::string attacks[] = {"a\r\nBcc: all@example.org",
                                 "a\nBcc: x",
                                 "a\rBcc: x",
                                 std::string("a\0b", 3),
                                 "\xE2\x80\xA8"
                                 "Bcc: x",
                                 "=?UTF-8?B?QQ==?=",
                                 "\"<x@y.example>, ",
                                 std::string(900, 'x'),
                                 "Ї\xC2\x85"
                                 "Bcc: x"};
  for (const std::string& attack : attacks) {
    CAPTURE(attack);
    MailMessage m = message();
    m.subject = attack;
    m.from_name = attack;
    const std::string mail = mail_text(m), head = head_of(mail);
    for (const char* name : {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted",
                             "List-Unsubscribe", "List-Unsubscribe-Post", "List-Id"})
      CHECK(count(head, name) == 1);
    CHECK(count(head, "Bcc") == 0);
    for (const char c : mail) REQUIRE((c == '\r' || c == '\n' || (c >= ' ' && c < '\x7F')));
    // No bare line end, no line that a server would refuse.
    std::size_t line = 0;
    for (std::size_t i = 0; i < mail.size(); ++i) {
      if (mail[i] == '\n') REQUIRE((i > 0 && mail[i - 1] == '\r'));
      line = mail[i] == '\n' ? 0 : line + 1;
      REQUIRE(line <= 998);
    }
    CHECK(head.find("From: ") != std::string::npos);
    CHECK(head.find(" <help@example.org>\r\n") != std::string::npos);
  }
}

TEST_CASE("the same mail is the same bytes; its date, its id and its parts") {
  const std::string mail = mail_text(message());
  CHECK(mail == mail_text(message()));
  CHECK(mail.starts_with("Date: Sun, 6 Nov 1994 08:49:37 +0000\r\n"));
  CHECK(mail.find("\r\nMessage-ID: <0190.email@example.org>\r\n") != std::string::npos);
  CHECK(mail.find("\r\nReferences: <request.0190@example.org>\r\n") != std::string::npos);
  CHECK(mail.find("0J/RgNC40LLRltGCCi4K0LTQstCw\r\n") != std::string::npos);  // the text
  CHECK(mail.find("multipart/alternative") != std::string::npos);
  MailMessage plain = message();
  plain.html.clear();
  CHECK(mail_text(plain).find("multipart") == std::string::npos);
}

TEST_CASE("encoded words: not over 75 characters, no character cut in two") {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "щї";
  const std::string value = header_text(text);
  std::size_t begin = 0;
  while (begin < value.size()) {
    const std::size_t end = std::min(value.find("\r\n ", begin), value.size());
    CHECK(end - begin <= 75);
    begin = end + 3;
  }
  CHECK(header_text("plain words") == "plain words");
}

TEST_CASE("a letter in three languages says who answered, what was asked, and where the talk is") {
  struct Case {
    const char *language, *subject, *hello;
  };
  const Case cases[] = {{"uk", "Відповідь на звернення № 7: Тема", "Вітаємо!\n"},
                        {"ru-RU", "Ответ на обращение № 7: Тема", "Здравствуйте, Марія!"},
                        {"en", "Answer to your request no. 7: Тема", "Hello Марія,"},
                        {"de", "Answer to your request no. 7: Тема", "Hello Марія,"}};
  for (const Case& c : cases) {
    Letter letter;
    letter.language = c.language;
    letter.number = 7;
    letter.title = "Тема";
    letter.details = "one\ntwo <b>";
    letter.asked_by = "Марія";
    letter.reply = "Yes & <no>";
    letter.author = "Олена";
    letter.role = "інженерка";
    letter.link = "https://ask.example/sites/demo/ask#request=a.b";
    letter.unsubscribe = kUnsubscribeLink;
    const Written w = write_letter(letter);
    CHECK(w.subject == c.subject);
    for (const std::string& words :
         {std::string(c.hello), std::string("Yes & <no>"), std::string("> one\n> two <b>"),
          letter.link, std::string("— Олена, інженерка"), std::string(kUnsubscribeLink)})
      CHECK(w.text.find(words) != std::string::npos);
    CHECK(w.html.find("Yes &amp; &lt;no&gt;") != std::string::npos);
    CHECK(w.html.find("one<br>\ntwo &lt;b&gt;") != std::string::npos);
    CHECK(w.html.find("<img") == std::string::npos);
    CHECK(w.html.find("<script") == std::string::npos);
  }
}

TEST_CASE("a link unsubscribes one address from one list of one site") {
  const std::string secret(32, 's');
  CHECK(address_hash(secret, "demo", "Maria@Example.NET ") ==
        address_hash(secret, "demo", "maria@example.net"));
  CHECK(address_hash(secret, "demo", "m@b.example") !=
        address_hash(secret, "other", "m@b.example"));
  const Subscription s{"demo", "replies", address_hash(secret, "demo", "m@b.example")};
  const std::string token = subscription_token(secret, s);
  REQUIRE(read_subscription(secret, "demo", token));
  CHECK(read_subscription(secret, "demo", token)->address == s.address);
  CHECK_FALSE(read_subscription(secret, "other", token));
  CHECK_FALSE(read_subscription(std::string(32, 't'), "demo", token));
  CHECK_FALSE(read_subscription(secret, "demo", "reports" + token.substr(7)));
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'x' ? 'y' : 'x';
    if (changed != token) CHECK_FALSE(read_subscription(secret, "demo", changed));
  }
  for (const char* bad : {"", ".", "..", "replies", "a.b"})
    CHECK_FALSE(read_subscription(secret, "demo", bad));
}

TEST_CASE("who has unsubscribed stays so, until they say otherwise") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  auto store = place.open();
  const Subscription s{"demo", "replies", "hash"}, other{"demo", "reports", "hash"};
  const auto gone = [&](const Subscription& which) {
    const auto known =
        store::awaited<Result<bool>>([&](auto done) { is_unsubscribed(*store, which, done); });
    REQUIRE(known.ok());
    return *known;
  };
  const auto run = [&](auto call) {
    CHECK(store::awaited<store::Written>(call).outcome == store::Outcome::kStored);
  };
  CHECK_FALSE(gone(s));
  for (int i = 0; i < 2; ++i)
    run([&](auto done) { unsubscribe(*store, s, "2026-01-01T00:00:00Z", done); });
  CHECK(gone(s));
  CHECK_FALSE(gone(other));
  run([&](auto done) { subscribe_again(*store, s, done); });
  CHECK_FALSE(gone(s));
}

TEST_CASE("a mail is put once for its key, and comes back as it was put") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  auto store = place.open();
  CHECK(put(*store, mail_to("lead@example.org")).outcome == store::Outcome::kStored);
  CHECK(put(*store, mail_to("lead@example.org")).outcome == store::Outcome::kReplayed);
  CHECK(put(*store, mail_to("lead@example.org", "report:2026-12")).outcome ==
        store::Outcome::kStored);
  for (const char* bad : {"", "lead", "lead@localhost", "a b@example.org", "a@example.org\r\nx",
                          "<a@example.org>", "a..b@example.org", "a@-example.org", "а@example.org"})
    CHECK(put(*store, mail_to(bad)).outcome == store::Outcome::kRefused);
  CHECK(put(*store, mail_to("lead@example.org", "")).outcome == store::Outcome::kRefused);
  const auto session = place.session();
  const auto row = store::claim_outgoing(*session, {"email", "lease", 5'000, 6'000});
  REQUIRE((row.ok() && row->has_value()));
  const auto mail = mail_of(**row);
  REQUIRE(mail.ok());
  CHECK(mail->to == "lead@example.org");
  CHECK(mail->language == "uk");
  CHECK(mail->subject == "Звіт");
  CHECK(mail->list == kReportList);
  CHECK(is_mail_address("x+" + mail->to));
}

TEST_CASE("another system is told of changes from its beginning on, each once, by any server") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  auto store = place.open();
  REQUIRE(testing::add(*store, testing::sample(1)).outcome == store::Outcome::kStored);
  const auto one = place.session(), other = place.session();
  const WebhookTarget crm{"crm", "https://crm.example", {}, {"request.received", "request.status"}};
  const auto feed = [&](store::Session& session) {
    const auto looked = feed_webhook(session, "demo", crm, 7);
    REQUIRE(looked.ok());
    return *looked;
  };
  const auto rows = [&] { return place.value("SELECT count(*) FROM outbox"); };
  CHECK(feed(*one) == 0);  // what was before is not told
  REQUIRE(testing::add(*store, testing::sample(2)).outcome == store::Outcome::kStored);
  REQUIRE(testing::set_status(*store, testing::id_of(2), "closed", 9).outcome ==
          store::Outcome::kStored);
  REQUIRE(testing::reply(*store, testing::id_of(1), {testing::id_of(900), "a", "b", "c", "d", true})
              .outcome == store::Outcome::kStored);
  CHECK(feed(*one) == 3);
  CHECK(rows() == "2");  // not the reply
  CHECK(feed(*other) == 0);
  CHECK(rows() == "2");
  CHECK(place.value("SELECT id FROM outbox ORDER BY id") == "crm.demo.2");
  const std::string payload = place.value("SELECT payload FROM outbox WHERE id = 'crm.demo.3'");
  CHECK(payload.find("\"type\":\"request.status\"") != std::string::npos);
  CHECK(payload.find(testing::id_of(2)) != std::string::npos);
}
