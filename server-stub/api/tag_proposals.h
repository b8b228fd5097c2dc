// Which of a site's tags a request asks for: shared/tags over the tree as it is now.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "server-stub/api/worker.h"
#include "server-stub/store/tags.h"
#include "shared/tags/proposer.h"

namespace askus::api {

struct ProposedTag {
  std::string tag;  // an id
  float score = 0;
};

// Requests that wait for their proposals; over it 503, and the page goes on without them.
inline constexpr std::size_t kTagQueue = 64;

class TagProposals {
 public:
  explicit TagProposals(store::Store& store) : store_(store) {}
  ~TagProposals() { close(); }

  // Best first; called from a thread of its own. What is retired is not proposed.
  using Found = Result<std::vector<ProposedTag>>;
  void find(const std::string& site, const std::string& title, const std::string& details,
            const std::function<void(Found)>& done);
  void close() { worker_.close(); }

 private:
  // Made anew when anything of a site's tree has changed, 30 ms for a hundred tags.
  struct Known {
    std::vector<store::Tag> tags;
    std::unique_ptr<tags::Proposer> proposer;
  };
  Result<Known*> renew(const std::string& site);

  store::Store& store_;
  std::map<std::string, Known> sites_;  // the worker's
  Worker worker_{kTagQueue};
};

}  // namespace askus::api
