// What the handlers share. Built once at start (open), immutable but for what locks itself.
#pragma once

#include <ctime>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "server-stub/api/feed_poller.h"
#include "server-stub/api/form_page.h"
#include "server-stub/api/live.h"
#include "server-stub/api/panel_pages.h"
#include "server-stub/api/promise.h"
#include "server-stub/api/proposer.h"
#include "server-stub/api/request_search.h"
#include "server-stub/api/same_question.h"
#include "server-stub/api/social_texts.h"
#include "server-stub/api/staff_page.h"
#include "server-stub/api/sweeper.h"
#include "server-stub/api/tag_proposals.h"
#include "server-stub/api/told_promise.h"
#include "server-stub/api/watching.h"
#include "server-stub/api/web_files.h"
#include "server-stub/api/worker.h"
#include "server-stub/config/config.h"
#include "server-stub/http/log.h"
#include "server-stub/http/metrics.h"
#include "server-stub/http/router.h"
#include "server-stub/limit/limiter.h"
#include "server-stub/limit/login_limiter.h"
#include "server-stub/out/sender.h"
#include "server-stub/store/clock.h"
#include "server-stub/store/snapshot_store.h"
#include "server-stub/store/store.h"

namespace askus::api {

// Publications waiting or in work; each holds its snapshot in memory.
inline constexpr std::size_t kPublishQueue = 4;
// Passwords that wait to be checked, 40 ms each; over it 503, and the page tries again.
inline constexpr std::size_t kPasswordQueue = 64;
// Readers of older snapshots that wait for the disk; over it 503, and the reader asks again.
inline constexpr std::size_t kReadQueue = 256;

struct Site {
  std::string name;
  config::SiteConfig config;
  std::unique_ptr<store::SnapshotStore> snapshots;
  std::vector<std::string> identity_secrets;  // of its own backend
  config::ChannelSecrets channel_secrets;
  std::optional<publish::SigningKey> signing_key;  // where the server signs
  std::unique_ptr<const Promises> promises;        // when its departments answer
};

class App {
 public:
  // Opens the data folder and loads the web files. `log` must outlive the app.
  static Result<std::unique_ptr<App>> open(const config::Config& config, std::string secret,
                                           http::Log& log,
                                           store::Clock clock = store::system_clock);

  // The table of routes. Its handlers refer to this app, which must outlive the server's run().
  http::Router routes();

  // Finishes what is queued: every Reply has been called afterwards. Call it after the server's
  // run() and before the server is destroyed.
  void close();

  const Site* site(const std::string& name) const;

  std::map<std::string, Site> sites;
  std::string secret;
  store::Clock clock;
  config::Abuse abuse;
  std::unique_ptr<Proposer> proposer;  // null: there is no model
  std::unique_ptr<limit::Limiter> limiter;
  limit::LogInLimiter log_ins{limit::steady_time, limit::fresh_hash_key()};
  std::unique_ptr<Measured> measured;  // before the store: what was asked for it is told to the end
  std::unique_ptr<store::Store> store;
  std::unique_ptr<Sweeper> sweeper;
  std::unique_ptr<Live> live;
  std::unique_ptr<out::Sender> sender;
  // Whether people may ask for reports by e-mail: set before routes() by who runs a ReportMailer.
  bool mails_reports = false;
  std::unique_ptr<RequestSearch> request_search;
  std::unique_ptr<TagProposals> tag_proposals;
  std::unique_ptr<Watching> watching = std::make_unique<Watching>();
  std::unique_ptr<FeedPoller> feed_poller;
  // Set before routes() by who has something else; never null.
  std::unique_ptr<SameQuestion> same_question = std::make_unique<PublishedQuestions>();
  std::unique_ptr<PanelPages> panel;
  std::unique_ptr<FormPages> forms;     // null: the web folder has no form
  std::unique_ptr<SocialTexts> social;  // null: the web folder has none of it, and no site needs it
  std::unique_ptr<http::File> staff_page;     // null: the web folder has none
  std::shared_ptr<const std::string> studio;  // its page; null: the web folder has none
  FileMap files;
  http::Log& log;
  http::Metrics metrics;  // of the server that serves routes()
  const std::time_t started_at = std::time(nullptr);
  Worker passwords{kPasswordQueue};  // one hash at a time: each takes 19 MiB
  Worker publishing{kPublishQueue};
  Worker reading{kReadQueue};  // of its own: a publication takes seconds

 private:
  App(std::string secret_bytes, store::Clock the_clock, http::Log& server_log)
      : secret(std::move(secret_bytes)), clock(std::move(the_clock)), log(server_log) {}
};

// Refuses requests for a site that is not configured (404 unknown-site), then asks `next`.
// The site's name is the route's first placeholder.
http::Admit for_site(const App& app, http::Admit next = {});

}  // namespace askus::api
