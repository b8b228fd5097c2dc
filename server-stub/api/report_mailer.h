// Sends reports to who has subscribed to them: looks now and then which periods are over, and puts
// a mail for each subscriber once, however many servers look.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "server-stub/api/app.h"
#include "server-stub/api/report_mail.h"
#include "server-stub/store/subscriptions.h"

namespace askus::api {

// How often it looks: a day's report comes at most so long after midnight (UTC).
inline constexpr std::chrono::minutes kReportsEvery{10};

// Where the mail goes: into an outbox, in the transaction in which it counts as sent.
using PutReportMail =
    std::function<Result<store::Outcome>(store::Session&, const ReportMail&, std::int64_t now)>;

class ReportMailer {
 public:
  // The app must outlive it; close() it before the app's store is closed. `address`: of the
  // reports' page, for the mail. `every` zero: nothing by itself, only what look() does.
  ReportMailer(App& app, std::string address, PutReportMail put,
               std::chrono::milliseconds every = kReportsEvery);
  ~ReportMailer() { close(); }
  ReportMailer(const ReportMailer&) = delete;
  ReportMailer& operator=(const ReportMailer&) = delete;

  // Puts what is due; how many mails. Blocks until it is done.
  std::size_t look();
  void close();

 private:
  void run();
  std::size_t send_period(const Site& site, std::string_view period);
  bool send(const Site& site, const store::Subscriber& to, std::string_view period,
            const MailedReports& reports);

  App& app_;
  const std::string address_;
  const PutReportMail put_;
  const std::chrono::milliseconds every_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool end_ = false;
  std::thread thread_;
};

}  // namespace askus::api
