// Whether a published topic answers a new request already.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/store/snapshot_store.h"
#include "shared/search/search.h"

namespace askus::api {

// What answers a text best, for who will answer it: more than is told to who asked.
struct Proposal {
  std::vector<std::string> topics;  // ids, best first
  std::string category;             // id, or empty: not clear
};
inline constexpr std::uint32_t kMostProposed = 3;

// Thread-safe.
class SameQuestion {
 public:
  virtual ~SameQuestion() = default;

  // Ids of the site's topics that answer it, best first; none where it is not sure. Called once a
  // request on a thread of the server, before it is stored: must not block. Texts are validated.
  virtual std::vector<std::string> find(const std::string& site, std::string_view title,
                                        std::string_view details) = 0;

  // The same for what was written elsewhere. A stand-in proposes nothing.
  virtual Proposal propose(const std::string& /*site*/, std::string_view /*text*/) { return {}; }

  // What is published on the site from now on; null is nothing. May take long.
  virtual void renew(const std::string& site,
                     std::shared_ptr<const store::Published> published) = 0;
};

// Of an answer; what is beyond is left out.
inline constexpr std::size_t kMostAnswers = 5;

// The visitors' own search over what is published (shared/search: Index::same_question).
class PublishedQuestions final : public SameQuestion {
 public:
  std::vector<std::string> find(const std::string& site, std::string_view title,
                                std::string_view details) override;
  Proposal propose(const std::string& site, std::string_view text) override;
  void renew(const std::string& site, std::shared_ptr<const store::Published> published) override;

 private:
  struct Searched {
    explicit Searched(std::shared_ptr<const store::Published> of)
        : published(std::move(of)), index(published->snapshot) {}

    std::shared_ptr<const store::Published> published;
    std::mutex mutex;  // of the index: a query takes less than a millisecond
    search::Index index;
  };

  // Null: nothing is published.
  std::shared_ptr<Searched> searched_of(const std::string& site);

  std::mutex mutex_;  // of what follows
  std::map<std::string, std::shared_ptr<Searched>> sites_;
};

}  // namespace askus::api
