// A report as a mail: the main figures of a period beside those before it, in a person's language.
#pragma once

#include <string>
#include <vector>

#include "server-stub/store/reports.h"

namespace askus::api {

// Of which a mail is made: `found`, `times` and `cost`, each whole.
struct MailedReports {
  store::Days days, before;
  store::Report found, times, cost;
};

struct ReportMail {
  std::string site;
  std::string key;  // what makes it the same mail: letters, digits, '.', '-', ':'
  std::string to, language, subject, text;
};

// `address`: of the reports' page, or empty. Ukrainian, Russian; English for any other language.
ReportMail report_mail(const std::string& site, const std::string& currency,
                       const MailedReports& reports, const std::string& language,
                       const std::string& address);

}  // namespace askus::api
