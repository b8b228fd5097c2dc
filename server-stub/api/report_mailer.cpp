#include "server-stub/api/report_mailer.h"

#include <utility>
#include <vector>

#include "server-stub/store/awaited.h"

namespace askus::api {
namespace {

Result<store::Report> read(App& app, const Site& site, const std::string& name,
                           const store::Days& days) {
  const config::CostsConfig& costs = site.config.costs;
  const store::ReportQuestion question{site.name,   name,       days,
                                       app.clock(), costs.call, costs.writing};
  return store::awaited<Result<store::Report>>(
      [&](auto done) { store::read_report(*app.store, question, std::move(done)); });
}

Result<MailedReports> read_all(App& app, const Site& site, const store::Days& days) {
  MailedReports all;
  all.days = days;
  all.before = store::days_before(days);
  for (const auto& [name, into] :
       {std::pair("found", &MailedReports::found), std::pair("times", &MailedReports::times),
        std::pair("cost", &MailedReports::cost)}) {
    Result<store::Report> report = read(app, site, name, days);
    if (!report.ok()) return report.error();
    all.*into = std::move(*report);
  }
  return all;
}

}  // namespace

ReportMailer::ReportMailer(App& app, std::string address, PutReportMail put,
                           std::chrono::milliseconds every)
    : app_(app), address_(std::move(address)), put_(std::move(put)), every_(every) {
  if (every_.count() > 0) thread_ = std::thread([this] { run(); });
}

void ReportMailer::close() {
  {
    const std::lock_guard lock(mutex_);
    end_ = true;
  }
  ended_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void ReportMailer::run() {
  for (;;) {
    look();
    std::unique_lock lock(mutex_);
    if (ended_.wait_for(lock, every_, [this] { return end_; })) return;
  }
}

std::size_t ReportMailer::look() {
  std::size_t sent = 0;
  for (const auto& [name, site] : app_.sites)
    for (const std::string_view period : store::kReportPeriods) sent += send_period(site, period);
  return sent;
}

std::size_t ReportMailer::send_period(const Site& site, std::string_view period) {
  const store::Days days = store::last_period(period, app_.clock());
  const auto due = store::awaited<Result<std::vector<store::Subscriber>>>([&](auto done) {
    store::read_due_subscribers(*app_.store, site.name, std::string(period), days.from,
                                std::move(done));
  });
  if (!due.ok() || due->empty()) return 0;  // the next look finds them again
  const Result<MailedReports> reports = read_all(app_, site, days);
  if (!reports.ok()) return 0;
  std::size_t sent = 0;
  for (const store::Subscriber& one : *due) sent += send(site, one, period, *reports) ? 1 : 0;
  return sent;
}

bool ReportMailer::send(const Site& site, const store::Subscriber& to, std::string_view period,
                        const MailedReports& reports) {
  ReportMail mail =
      report_mail(site.name, site.config.costs.currency, reports, to.language, address_);
  mail.to = to.email;
  mail.key = "report:" + std::string(period) + ":" + reports.days.from + ":" + to.person;
  const auto written = store::awaited<store::Written>([&](auto done) {
    app_.store->change(
        [&](store::Session& session) {
          return store::send_once(
              session, site.name, to.person, std::string(period), reports.days.from,
              [&](store::Session& within) { return put_(within, mail, app_.clock()); });
        },
        std::move(done));
  });
  if (written.outcome == store::Outcome::kStored) return true;
  if (written.outcome != store::Outcome::kReplayed)
    app_.log.event("report-mail-failed", {{"site", site.name}, {"reason", written.text}});
  return false;
}

}  // namespace askus::api
