// What visitors of a site asked in vain: the queries that found nothing, and what was written
// anyway.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "server-stub/store/counters.h"
#include "server-stub/store/store.h"

namespace askus::store {

// Of some days. Totals are exact whatever the lists leave out.
struct Gaps {
  struct Searched {
    std::string query, language;  // as kept: folded, nothing in it that may be a contact
    std::int64_t n = 0;
  };
  // One request. The name and the contact are there to be taken out of the title, and for nothing
  // else.
  struct Written {
    std::string title, language, name, contact;
  };
  struct Opened {
    std::string topic;
    std::int64_t n = 0;
  };
  std::int64_t searched_in_vain = 0;  // how often a query found nothing, its text kept or not
  std::int64_t written_anyway = 0;    // requests of the kinds question and problem
  std::vector<Searched> searched;     // the kMostSearched that were asked most, most first
  std::vector<Written> written;       // the newest kMostWritten that have a title
  std::vector<Opened> opened;         // answers that were opened, by topic
};
inline constexpr std::int64_t kMostSearched = 10'000;
inline constexpr std::int64_t kMostWritten = 20'000;
inline constexpr std::int64_t kMostOpened = 65'536;

void read_gaps(Store& store, const std::string& site, const Days& days,
               std::function<void(Result<Gaps>)> done);

}  // namespace askus::store
