#include "server-stub/api/outgoing.h"

#include "server-stub/api/answers.h"
#include "server-stub/api/auth.h"
#include "server-stub/api/html.h"
#include "server-stub/api/principal.h"
#include "server-stub/api/request_change.h"
#include "server-stub/http/form_data.h"
#include "server-stub/http/problem.h"
#include "server-stub/out/letter.h"
#include "server-stub/out/outbox.h"
#include "server-stub/out/unsubscribe.h"
#include "server-stub/store/outgoing_way.h"
#include "shared/request/uuid.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
using nlohmann::json;

constexpr std::size_t kUnsubscribeBody = 1'024;
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

store::Asked asked_of(const store::StoredRequest& r) {
  return {r.source.channel, r.source.place,     r.source.user,
          r.fields.contact, r.identity.contact, r.way};
}

void retry(App& app, const RequestPtr& request, const http::Reply& reply) {
  const std::int64_t now = app.clock();
  app.store->change(
      [site = request->args[0], id = request->args[1], delivery = request->args[2], now,
       actor = principal_of(*request).name](store::Session& session) {
        return at_site(session, site, id, [&](store::Session& writer) {
          return store::retry_outgoing(writer, id, delivery, now, store::utc_text(now), actor);
        });
      },
      [&app, log_id = request->id, reply](const store::Written& written) {
        if (written.outcome == store::Outcome::kRefused)
          return reply(problem(problems::kNotFailed, "it is on its way, or it was sent"));
        if (written.outcome != store::Outcome::kStored)
          return reply(failure_of(app, log_id, written.outcome, written.text));
        app.sender->poke();
        app.live->poke();
        reply(no_content());
      });
}

// The page that a mail's link leads to.
struct Page {
  std::string language;
  out::UnsubscribeTexts texts;
};

http::Response page(const App& app, unsigned status, const Page& p, std::string_view title,
                    const std::string& content) {
  const std::string style = app.forms ? app.forms->style() : std::string();
  return std::move(http::text_response(status, "text/html; charset=utf-8",
                                       html_page(p.language, style, title, content))
                       .with("Cache-Control", "no-store")
                       .with("Content-Security-Policy", kPolicy));
}

std::string form(const http::Request& request, std::string_view field, std::string_view button) {
  return "<form method=\"post\" action=\"" + escape_html(request.path + "?" + request.query) +
         "\"><p><button name=\"" + std::string(field) + "\" value=\"1\">" + escape_html(button) +
         "</button></p></form>";
}

std::string paragraph(std::string_view text) {
  return "<p>" + escape_html(text) + "</p>\n";
}

std::optional<out::Subscription> subscription_of(const App& app, const http::Request& request) {
  return out::read_subscription(app.secret, request.args[0],
                                http::query_value(request.query, "token"));
}

Page page_of(const http::Request& request, std::string_view list) {
  const std::string language(out::letter_language(http::query_value(request.query, "lang")));
  return {language, out::unsubscribe_texts(language, list)};
}

// Looking changes nothing: programs that look at mail follow its links.
void show(App& app, const RequestPtr& request, const http::Reply& reply) {
  const auto subscription = subscription_of(app, *request);
  const Page p =
      page_of(*request, subscription ? subscription->list : std::string(out::kReplyList));
  if (!subscription) return reply(page(app, 404, p, p.texts.title, paragraph(p.texts.bad)));
  reply(page(app, 200, p, p.texts.title,
             paragraph(p.texts.ask) + form(*request, "unsubscribe", p.texts.button)));
}

// By the page's button, or by a mail program's own (RFC 8058), which says no more than that.
void change(App& app, const RequestPtr& request, const http::Reply& reply) {
  const auto subscription = subscription_of(app, *request);
  const Page p =
      page_of(*request, subscription ? subscription->list : std::string(out::kReplyList));
  if (!subscription) return reply(page(app, 404, p, p.texts.title, paragraph(p.texts.bad)));
  const bool again = request->body.find("again=1") != std::string::npos;
  const auto done = [&app, request, reply, p, again](const store::Written& written) {
    if (written.outcome != store::Outcome::kStored)
      return reply(failure_of(app, request->id, written.outcome, written.text));
    reply(again ? page(app, 200, p, p.texts.back_title, paragraph(p.texts.back))
                : page(app, 200, p, p.texts.done_title,
                       paragraph(p.texts.done) + form(*request, "again", p.texts.back_button)));
  };
  if (again) return out::subscribe_again(*app.store, *subscription, done);
  out::unsubscribe(*app.store, *subscription, store::utc_text(app.clock()), done);
}

}  // namespace

Result<out::SenderOptions> sender_options(App& app, const config::Config& config) {
  out::SenderOptions options;
  Result<std::optional<config::MailConfig>> mail = config::load_mail(config.mail);
  if (!mail.ok()) return mail.error();
  if (*mail)
    options.mail = out::MailSender{(*mail)->server, (*mail)->from, (*mail)->name, (*mail)->origin};
  for (const auto& [name, site] : app.sites) {
    out::SiteAccess& access = options.sites[name];
    const config::ChannelSecrets& secrets = site.channel_secrets;
    if (const auto& vk = site.config.channels.vk; vk && !secrets.vk_token.empty())
      access.vk = out::VkAccess{vk->api_url, vk->api_version, vk->group, secrets.vk_token,
                                secrets.vk_administrator};
    if (const auto& f = site.config.channels.facebook; f && !secrets.facebook_token.empty())
      access.facebook = out::FacebookAccess{f->api_url,
                                            f->api_version,
                                            f->page,
                                            secrets.facebook_token,
                                            secrets.facebook_app.front(),
                                            f->human_agent};
    for (const config::OutgoingWebhook& one : site.config.outgoing_webhooks) {
      Result<std::vector<std::string>> keys = config::load_webhook_keys(one.keys);
      if (!keys.ok()) return keys.error();
      access.webhooks.push_back({one.name, one.url, std::move(*keys), one.events});
    }
  }
  options.retry = config.outbox.retry;
  options.timeout = config.outbox.timeout;
  options.lease = config.outbox.lease;
  options.secret = app.secret;
  options.private_path = [secret = app.secret](const std::string& site, const std::string& id) {
    return api::private_path(site, id, request_token(secret, id));
  };
  options.changed = [&app] { app.live->poke(); };
  options.log = [&app](std::string_view event, std::string_view channel,
                       const std::string& reason) {
    app.log.event(event, {{"channel", std::string(channel)}, {"reason", reason}});
  };
  return options;
}

json deliveries_json(const store::StoredRequest& r) {
  json list = json::array();
  for (const store::Outgoing& one : r.deliveries) {
    constexpr std::int64_t kThousand = 1'000;
    json row{{"id", one.id},           {"reply", one.reply},
             {"channel", one.channel}, {"place", one.place},
             {"state", one.state},     {"tries", one.tries},
             {"reason", one.reason},   {"at", store::utc_text(one.changed_at / kThousand)}};
    if (one.state == store::outbox_states::kWaiting)
      row["next"] = store::utc_text(one.due_at / kThousand);
    list.push_back(std::move(row));
  }
  return list;
}

json ways_json(const App& app, const store::StoredRequest& r) {
  const bool chooses = store::is_public_place(r.source.channel, r.source.place) &&
                       store::way_out(asked_of(r), app.sender->going(r.site)).has_value();
  return chooses ? json{store::ways::kHere, store::ways::kPrivate} : json::array();
}

std::string goes_to(const App& app, const store::StoredRequest& r) {
  const auto out = store::way_out(asked_of(r), app.sender->going(r.site));
  return out ? out->channel : std::string();
}

void add_outgoing_routes(App& app, http::Router& router) {
  add_request_route(app, router, "POST", "deliveries/{delivery}/retry", 0, retry);
  const char* path = "/sites/{site}/unsubscribe";
  router.add({"GET", path, 0, for_site(app), handler(app, show)});
  router.add({"POST", path, kUnsubscribeBody, for_site(app), handler(app, change)});
}

}  // namespace askus::api
