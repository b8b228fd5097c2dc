#include "server-stub/api/app.h"

#include "server-stub/api/account.h"
#include "server-stub/api/answering.h"
#include "server-stub/api/api_keys.h"
#include "server-stub/api/attachments.h"
#include "server-stub/api/consulting.h"
#include "server-stub/api/data_deletion.h"
#include "server-stub/api/departments.h"
#include "server-stub/api/events.h"
#include "server-stub/api/feed.h"
#include "server-stub/api/form.h"
#include "server-stub/api/gaps.h"
#include "server-stub/api/gate.h"
#include "server-stub/api/handling.h"
#include "server-stub/api/help.h"
#include "server-stub/api/inbound.h"
#include "server-stub/api/outgoing.h"
#include "server-stub/api/own_request.h"
#include "server-stub/api/pages.h"
#include "server-stub/api/proposals.h"
#include "server-stub/api/report_subscriptions.h"
#include "server-stub/api/reports.h"
#include "server-stub/api/requests.h"
#include "server-stub/api/session.h"
#include "server-stub/api/snapshots.h"
#include "server-stub/api/social_pages.h"
#include "server-stub/api/studio.h"
#include "server-stub/api/suggestions.h"
#include "server-stub/api/tags.h"
#include "server-stub/api/team.h"
#include "server-stub/api/told_askers.h"
#include "server-stub/api/watch.h"
#include "server-stub/api/watch_list.h"
#include "server-stub/config/database.h"
#include "server-stub/files/files.h"
#include "server-stub/http/problem.h"
#include "server-stub/store/awaited.h"

namespace askus::api {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

// The hours may be others than when the server last ran. Not done: the next start does it.
void renew_due(App& app, const Site& site) {
  const auto written = store::awaited<store::Written>([&](auto done) {
    app.store->change(
        [&site](store::Session& session) {
          return store::renew_due(session, site.name, site.promises->rules(), site.promises->due());
        },
        std::move(done));
  });
  if (written.outcome != store::Outcome::kStored && written.outcome != store::Outcome::kReplayed)
    app.log.event("due-times-failed", {{"site", site.name}, {"reason", written.text}});
}

}  // namespace

Result<std::unique_ptr<App>> App::open(const config::Config& config, std::string secret,
                                       http::Log& log, store::Clock clock) {
  std::unique_ptr<App> app(new App(std::move(secret), std::move(clock), log));
  if (Status status = files::make_folder(config.data, files::kFolderForOwner); !status.ok())
    return status.error();
  const Result<store::StoreOptions> options = config::load_store_options(config);
  if (!options.ok()) return options.error();
  Result<std::unique_ptr<store::Store>> store = store::open_store(*options);
  if (!store.ok()) return store.error();
  app->store = std::move(*store);

  std::map<std::string, std::int64_t> keep_closed;
  for (const auto& [name, site] : config.sites) {
    Result<std::unique_ptr<store::SnapshotStore>> snapshots =
        store::SnapshotStore::open(config.data + "/sites/" + name, name, site.public_keys);
    if (!snapshots.ok()) return snapshots.error();
    if (!(*snapshots)->damage().empty())
      log.event("snapshot-damaged", {{"site", name}, {"reason", (*snapshots)->damage()}});
    // Its key was taken out before the snapshot was published with the next one.
    if (const auto current = (*snapshots)->current();
        current != nullptr && !(*snapshots)->verifies(current->manifest))
      log.event("snapshot-key-unknown", {{"site", name}});
    Result<std::vector<std::string>> secrets = config::load_identity_secrets(site);
    if (!secrets.ok()) return secrets.error();
    if (site.keep_days > 0) keep_closed[name] = std::int64_t{site.keep_days} * kSecondsPerDay;
    app->same_question->renew(name, (*snapshots)->current());
    Result<config::ChannelSecrets> channels = config::load_channel_secrets(site.channels);
    if (!channels.ok()) return channels.error();
    Result<std::optional<publish::SigningKey>> signing = config::load_signing_key(site);
    if (!signing.ok()) return signing.error();
    app->sites[name] = Site{name,
                            site,
                            std::move(*snapshots),
                            std::move(*secrets),
                            std::move(*channels),
                            std::move(*signing),
                            std::make_unique<const Promises>(site)};
    renew_due(*app, app->sites[name]);
  }

  std::map<std::string, std::size_t> rates;
  for (const auto& [name, site] : config.sites) rates[name] = site.requests_per_hour;
  app->abuse = config.abuse;
  app->limiter = std::make_unique<limit::Limiter>(config.abuse.rates, rates, limit::steady_time,
                                                  limit::fresh_hash_key());

  Result<std::optional<propose::Model>> model = config::load_model(config.model);
  if (!model.ok()) return model.error();
  if (*model)
    app->proposer = std::make_unique<Proposer>(std::move(**model), config.model->proposals_per_day);

  Result<std::unique_ptr<PanelPages>> panel = PanelPages::load(config.web);
  if (!panel.ok()) return panel.error();
  app->panel = std::move(*panel);
  Result<std::unique_ptr<FormPages>> forms = FormPages::load(config.web);
  if (!forms.ok()) return forms.error();
  app->forms = std::move(*forms);
  Result<std::unique_ptr<SocialTexts>> social = SocialTexts::load(config.web);
  if (!social.ok()) return social.error();
  app->social = std::move(*social);
  for (const auto& [name, site] : config.sites)
    if ((site.channels.vk || site.channels.facebook) && app->social == nullptr)
      return Error{Code::kNotFound, config.web +
                                        "/assets.json: \"social_texts\" is missing, which "
                                        "the channels of the site " +
                                        name + " need"};
  Result<std::unique_ptr<http::File>> staff_page = load_staff_page(config.web);
  if (!staff_page.ok()) return staff_page.error();
  app->staff_page = std::move(*staff_page);
  Result<std::shared_ptr<const std::string>> studio = load_studio_page(config.web);
  if (!studio.ok()) return studio.error();
  app->studio = std::move(*studio);
  Result<FileMap> files = load_web(config.web);
  if (!files.ok()) return files.error();
  app->files = std::move(*files);
  if (!config.site_root.empty()) {
    Result<FileMap> site = load_site(config.site_root);
    if (!site.ok()) return site.error();
    app->files.merge(*site);
  }
  app->live = std::make_unique<Live>(*app->store, app->clock);
  Result<out::SenderOptions> outgoing = sender_options(*app, config);
  if (!outgoing.ok()) return outgoing.error();
  app->sender = std::make_unique<out::Sender>(*app->store, std::move(*outgoing));
  app->measured = std::make_unique<Measured>(*app->store, app->clock);
  for (const auto& [name, site] : app->sites) app->measured->of(name);
  app->request_search = std::make_unique<RequestSearch>(*app->store);
  app->tag_proposals = std::make_unique<TagProposals>(*app->store);
  app->sweeper = std::make_unique<Sweeper>(*app->store, std::move(keep_closed), app->clock, log);
  for (const auto& [name, site] : app->sites) tell_askers(*app, name);
  app->feed_poller = std::make_unique<FeedPoller>(*app);
  return app;
}

http::Router App::routes() {
  http::Router router;
  add_request_routes(*this, router);
  add_own_request_routes(*this, router);
  add_attachment_routes(*this, router);
  add_form_token_routes(*this, router);
  add_form_routes(*this, router);
  add_event_routes(*this, router);
  add_snapshot_routes(*this, router);
  add_studio_routes(*this, router);
  add_gap_routes(*this, router);
  add_report_routes(*this, router);
  add_report_subscription_routes(*this, router);
  add_proposal_routes(*this, router);
  add_page_routes(*this, router);
  add_help_routes(*this, router);
  add_social_page_routes(*this, router);
  add_data_deletion_routes(*this, router);
  add_inbound_routes(*this, router);
  add_session_routes(*this, router);
  add_account_routes(*this, router);
  add_team_routes(*this, router);
  add_api_key_routes(*this, router);
  add_feed_routes(*this, router);
  add_department_routes(*this, router);
  add_handling_routes(*this, router);
  add_consulting_routes(*this, router);
  add_answering_routes(*this, router);
  add_suggestion_routes(*this, router);
  add_outgoing_routes(*this, router);
  add_tag_routes(*this, router);
  add_watch_list_routes(*this, router);
  add_staff_page_routes(*this, router);
  add_health_routes(*this, router);
  return router;
}

void App::close() {
  if (proposer) proposer->close();
  passwords.close();
  publishing.close();
  reading.close();
  sweeper->close();
  sender->close();
  feed_poller->close();
  live->close();
  request_search->close();
  tag_proposals->close();
  store->close();
}

const Site* App::site(const std::string& name) const {
  const auto found = sites.find(name);
  return found == sites.end() ? nullptr : &found->second;
}

http::Admit for_site(const App& app, http::Admit next) {
  return [&app,
          next = std::move(next)](const http::Request& request) -> std::optional<http::Response> {
    if (app.site(request.args.at(0)) == nullptr)
      return http::problem(http::problems::kUnknownSite, "no site \"" + request.args[0] + "\"");
    return next ? next(request) : std::nullopt;
  };
}

}  // namespace askus::api
