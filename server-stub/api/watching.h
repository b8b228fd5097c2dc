// The sites' watch lists as they are applied: to what arrives, and to what feeds bring.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/store/watch.h"
#include "shared/tags/watch_words.h"

namespace askus::api {

// Thread-safe.
class Watching {
 public:
  // Puts a site's list in place of the one before.
  void renew(const std::string& site, const store::WatchList& list);

  // Words of the list that a text has, one a line.
  std::string words_in(const std::string& site, std::string_view text);
  // Whether what this author writes is not to be stored: an id, or a name in any case.
  bool ignores(const std::string& site, std::string_view author, std::string_view name);

 private:
  struct Site {
    std::mutex mutex;  // of `words`: a text takes less than a millisecond
    store::WatchList list;
    std::unique_ptr<tags::WatchWords> words;  // null: there are none
    std::vector<std::string> ignored;         // folded
  };
  std::shared_ptr<Site> site_of(const std::string& site);

  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Site>> sites_;
};

}  // namespace askus::api
