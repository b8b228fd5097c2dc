// Reports by e-mail: who gets which, once, in their language, with several servers.
#include "server-stub/api/report_mailer.h"

#include <future>

#include "tests/catch.h"
#include "tests/server-stub/api/people.h"

namespace {

using namespace askus;
using testing::Harness;
using testing::uuid;
using namespace std::chrono_literals;

struct Outbox {
  std::vector<api::ReportMail> mails;
  api::PutReportMail put() {
    return [this](store::Session&, const api::ReportMail& mail, std::int64_t) {
      mails.push_back(mail);
      return Result<store::Outcome>(store::Outcome::kStored);
    };
  }
};

void subscribe(Harness& h, const std::string& person, const std::vector<std::string>& periods) {
  std::promise<store::Outcome> stored;
  h.store().change(
      [&](store::Session& session) {
        return store::set_subscriptions(session, "demo", person, periods, h.now);
      },
      [&stored](const store::Written& written) { stored.set_value(written.outcome); });
  REQUIRE(stored.get_future().get() == store::Outcome::kStored);
}

}  // namespace

TEST_CASE("a day's report comes once it is over, once, to who has subscribed") {
  Harness h;
  const std::string olena = testing::add_person(h, "o@b.example", "lead");
  const std::string mark = testing::add_person(h, "m@b.example", "marketer");
  subscribe(h, olena, {"day"});
  subscribe(h, mark, {"week"});
  REQUIRE(h.post_request(uuid(1), testing::request_json(uuid(1), R"(,"channel":"site")")).status ==
          201);
  h.now += 90;
  REQUIRE(testing::send(h, testing::begin_session(h, olena), "POST",
                        "/v1/sites/demo/requests/" + uuid(1) + "/replies",
                        R"({"id":")" + uuid(50) + R"(","text":"so","public":true})")
              .status == 204);
  Outbox outbox;
  const std::string page = "https://ask.example.org/staff#/reports";
  api::ReportMailer first(h.app(), page, outbox.put(), 0ms),
      second(h.app(), page, outbox.put(), 0ms);
  CHECK(first.look() == 0);
  h.now += 86'400;  // it was a Saturday
  CHECK(first.look() == 1);
  CHECK(second.look() == 0);
  REQUIRE(outbox.mails.size() == 1);
  const api::ReportMail& mail = outbox.mails[0];
  CHECK(mail.to == "o@b.example");
  CHECK(mail.language == "uk");
  CHECK(mail.text.find(page + "\n") != std::string::npos);
  CHECK(mail.key == "report:day:2026-11-21:" + olena);
  CHECK(mail.subject == "demo: звіт, 2026-11-21");
  CHECK(mail.text.find("Звернень: 1 (раніше: 0)\n") != std::string::npos);
  CHECK(mail.text.find("Перша відповідь, медіана: 0:01:30 (раніше: –)\n") != std::string::npos);
  CHECK(mail.text.find("Вчасно: 100,0 % (раніше: –)\n") != std::string::npos);
  CHECK(mail.text.find("Витрати: 0,20 USD (раніше: 0,00 USD)\n") == std::string::npos);
  CHECK(mail.text.find("Заощаджено: 3,80 USD (раніше: –)\n") != std::string::npos);
  CHECK(mail.text.find("Why?") == std::string::npos);
  h.now += 86'400;  // Monday: the week is over, and Sunday, of which there is nothing
  CHECK(second.look() == 2);
  CHECK(first.look() == 0);
  CHECK(outbox.mails[1].text.find("За ці дні нічого не сталося.") == std::string::npos);
  CHECK(outbox.mails[2].subject == "demo: звіт, 2026-11-16 – 2026-11-22");
}

TEST_CASE("a mail says below zero what was lost") {
  api::MailedReports reports;
  const auto tables = store::tables_of("cost");
  for (const store::ReportTable& table : tables) {
    const std::vector<store::Figure> figures(table.figures.size(), std::int64_t{-105});
    reports.cost.tables.push_back({store::ReportRow{{}, figures, figures}});
  }
  for (store::Report* empty : {&reports.found, &reports.times}) empty->tables.resize(20);
  const std::string text = api::report_mail("demo", "USD", reports, "en", "").text;
  CHECK(text.find("Saved: -1.05 USD (before: -1.05 USD)\n") != std::string::npos);
}

TEST_CASE("somebody chooses what they get, and is told what they have chosen") {
  Harness h;
  h.app().mails_reports = true;
  const std::string ticket =
      testing::begin_session(h, testing::add_person(h, "o@b.example", "lead"));
  const std::string path = "/v1/sites/demo/report-subscriptions";
  const auto chosen = [&] { return testing::send(h, ticket, "GET", path).body; };
  CHECK(chosen() == R"({"mail":true,"day":false,"week":false,"month":false})");
  CHECK(testing::send(h, ticket, "PUT", path, R"({"week":true,"month":true})").status == 204);
  CHECK(chosen() == R"({"mail":true,"day":false,"week":true,"month":true})");
  CHECK(testing::send(h, ticket, "PUT", path, R"({"month":true,"day":false})").status == 204);
  CHECK(chosen() == R"({"mail":true,"day":false,"week":false,"month":true})");
  CHECK(testing::send(h, ticket, "PUT", path, R"({"year":true})").status == 400);
  CHECK(h.ask("GET", path, {{"Authorization", "Bearer " + h.staff_token}}).status == 403);
}

TEST_CASE("a mail that cannot be put is tried again, and looking goes on by itself") {
  Harness h;
  subscribe(h, testing::add_person(h, "o@b.example", "lead"), {"day"});
  h.now += 86'400;
  api::ReportMailer broken(
      h.app(), "",
      [](store::Session&, const api::ReportMail&, std::int64_t) {
        return Result<store::Outcome>(Error{Code::kUnavailable, "no outbox"});
      },
      0ms);
  CHECK(broken.look() == 0);
  std::promise<void> put;
  api::ReportMailer mailer(
      h.app(), "",
      [&put](store::Session&, const api::ReportMail&, std::int64_t) {
        put.set_value();
        return Result<store::Outcome>(store::Outcome::kStored);
      },
      1ms);
  REQUIRE(put.get_future().wait_for(30s) == std::future_status::ready);
  mailer.close();
}
