#include "server-stub/api/inbound.h"

#include <algorithm>

#include "server-stub/api/answers.h"
#include "server-stub/api/auth.h"
#include "server-stub/api/channel.h"
#include "server-stub/http/problem.h"
#include "server-stub/publish/base64url.h"
#include "server-stub/publish/signature.h"
#include "server-stub/social/facebook.h"
#include "server-stub/social/webhook.h"
#include "server-stub/store/clock.h"
#include "server-stub/store/watch.h"
#include "shared/request/uuid.h"
#include "shared/text/utf8.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
using social::Deed;
using social::Message;
using RequestPtr = std::shared_ptr<const http::Request>;

constexpr std::size_t kTitleBytes = 160;
constexpr std::size_t kMostChallenge = 256;
constexpr std::string_view kEllipsis = "…";

std::string clean(std::string_view text, std::size_t limit) {
  std::string kept(text::clip(text, limit));
  std::replace(kept.begin(), kept.end(), '\0', ' ');  // which PostgreSQL does not take
  return kept;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = std::min(text.find_first_not_of(kSpace), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(kSpace) + 1);
}

http::Response plain(std::string text) {
  return std::move(http::text_response(200, "text/plain; charset=utf-8", std::move(text))
                       .with("Cache-Control", "no-store"));
}

bool is_one_of(std::string_view text, const std::vector<std::string>& secrets) {
  bool known = false;
  for (const std::string& secret : secrets) known |= same_secret(text, secret);
  return known;
}

// An id that is too long is none of the platform's.
bool is_bounded(const Message& message) {
  constexpr std::size_t kMost = request::kMaxName;
  return message.item.size() <= kMost && message.thread.size() <= kMost &&
         message.author.size() <= kMost && message.link.size() <= request::kMaxPage;
}

void store_all(App& app, const RequestPtr& request, const http::Reply& reply,
               std::string_view channel, std::string_view name, std::vector<Message> messages,
               const std::string& answer) {
  const Site& site = *app.site(request->args[0]);
  std::vector<store::Delivery> deliveries;
  std::int64_t ignored = 0;
  for (Message& message : messages) {
    // What is taken back goes, whoever wrote it.
    if (message.deed != Deed::kRemoved &&
        app.watching->ignores(site.name, message.author, message.author_name)) {
      ignored += message.deed == Deed::kWritten ? 1 : 0;
      continue;
    }
    // The same body is the same event where the platform names none.
    if (message.event.empty()) message.event = publish::sha256_hex(request->body);
    if (is_bounded(message)) deliveries.push_back(delivery_of(app, site, channel, name, message));
  }
  if (ignored > 0)
    store::count_ignored(*app.store, site.name, ignored, [](const store::Written&) {});
  if (deliveries.empty()) return reply(plain(answer));
  app.store->receive(std::move(deliveries),
                     [&app, id = request->id, reply, answer](const store::Received& received) {
                       if (received.outcome == store::Outcome::kStored) return reply(plain(answer));
                       reply(failure_of(app, id, received.outcome, received.text));
                     });
}

void take_vk(App& app, const RequestPtr& request, const http::Reply& reply) {
  const Site& site = *app.site(request->args[0]);
  const config::VkConfig& vk = *site.config.channels.vk;
  Result<social::VkCall> call = social::read_vk_call(request->body);
  if (!call.ok()) return reply(problem(problems::kBadJson, call.error().text));
  if (call->group != vk.group)
    return reply(problem(problems::kNotSigned, "it is of another community"));
  // VK asks for it before it has a secret.
  if (call->type == "confirmation") return reply(plain(vk.confirmation));
  if (!is_one_of(call->secret, site.channel_secrets.vk_callback))
    return reply(problem(problems::kNotSigned, "\"secret\" is not this community's"));
  store_all(app, request, reply, "vk", "", std::move(call->messages), "ok");
}

void take_facebook(App& app, const RequestPtr& request, const http::Reply& reply) {
  const Site& site = *app.site(request->args[0]);
  if (const Status known =
          social::verify_hub_signature(request->headers.get("X-Hub-Signature-256"), request->body,
                                       site.channel_secrets.facebook_app);
      !known.ok())
    return reply(problem(problems::kNotSigned, known.error().text));
  Result<std::vector<Message>> batch =
      social::read_facebook_batch(request->body, site.config.channels.facebook->page);
  if (!batch.ok()) return reply(problem(problems::kBadJson, batch.error().text));
  store_all(app, request, reply, "facebook", "", std::move(*batch), "ok");
}

// Facebook asks whether the address is ours.
http::Response confirm_facebook(App& app, const http::Request& request) {
  const Site& site = *app.site(request.args[0]);
  const std::string challenge = http::query_value(request.query, "hub.challenge");
  if (http::query_value(request.query, "hub.mode") != "subscribe" ||
      !is_one_of(http::query_value(request.query, "hub.verify_token"),
                 site.channel_secrets.facebook_verify))
    return problem(problems::kNotSigned, "\"hub.verify_token\" is not this page's");
  const bool printable =
      std::all_of(challenge.begin(), challenge.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (challenge.empty() || challenge.size() > kMostChallenge || !printable)
    return problem(problems::kBadQuery, "\"hub.challenge\" is missing");
  return plain(challenge);
}

void take_webhook(App& app, const RequestPtr& request, const http::Reply& reply) {
  const Site& site = *app.site(request->args[0]);
  const std::string& name = request->args[1];
  const social::WebhookHeader header{request->headers.get("webhook-id"),
                                     request->headers.get("webhook-timestamp"),
                                     request->headers.get("webhook-signature")};
  if (const Status known = social::verify_webhook(
          header, request->body, site.channel_secrets.webhooks.at(name), app.clock());
      !known.ok())
    return reply(problem(problems::kNotSigned, known.error().text));
  Result<Message> message = social::read_webhook(request->body, header.id);
  if (!message.ok()) return reply(problem(problems::kBadJson, message.error().text));
  store_all(app, request, reply, "webhook", name, {std::move(*message)}, "ok");
}

}  // namespace

TitleAndDetails split_text(std::string_view text) {
  const std::string whole = clean(trim(text), request::kMaxDetails);
  const std::string_view all = trim(whole);
  const std::string_view line = trim(all.substr(0, all.find_first_of("\r\n")));
  if (line.size() <= kTitleBytes)
    return {std::string(line), line == all ? std::string() : std::string(all)};
  const std::string_view cut = text::clip(line, kTitleBytes - kEllipsis.size());
  const std::size_t space = cut.rfind(' ');
  return {std::string(trim(space == std::string_view::npos ? cut : cut.substr(0, space))) +
              std::string(kEllipsis),
          std::string(all)};
}

store::Delivery delivery_of(App& app, const Site& site, std::string_view channel,
                            std::string_view name, const social::Message& message) {
  std::string where = site.name;
  for (const std::string_view part : {channel, name}) where += "\n" + std::string(part);
  // Made of the message's own id, so that its row is there once, whoever tells of it and when.
  // Keyed, so that what is left of an erased one tells nobody which it was.
  const std::string hash =
      keyed_hash(app.secret, "inbound",
                 where + "\n" + message.place + "\n" + message.group + "\n" + message.item);
  std::array<std::uint8_t, 10> bytes{};
  std::copy_n(hash.begin(), bytes.size(), bytes.begin());
  const std::int64_t now = app.clock();

  store::Delivery delivery;
  delivery.deed = message.deed;
  delivery.at = message.at;
  delivery.gone = {"gone/" + publish::base64url(hash), now, now + kEventMemory};
  delivery.event = {"inbound/" + publish::base64url(keyed_hash(app.secret, "inbound-event",
                                                               where + "\n" + message.event)),
                    now, now + kEventMemory};
  store::NewRequest& row = delivery.request;
  row.site = site.name;
  row.created_at = store::utc_text(now);
  request::Request& fields = row.fields;
  // At time 0: the id is no time's but the message's.
  fields.id = request::make_uuid7(0, bytes);
  if (delivery.deed == Deed::kRemoved) return delivery;
  const auto [title, details] = split_text(message.text);
  fields.kind = "question";
  fields.title = title;
  fields.details = details;
  fields.name = clean(message.author_name, request::kMaxName);
  fields.language = social::guess_language(message.text);
  fields.channel = channel;
  row.watched = app.watching->words_in(site.name, message.text);
  row.payload_hash = publish::sha256_hex(message.text);
  const std::string prefix = name.empty() ? "" : std::string(name) + "/";
  row.source = {std::string(channel),
                prefix + message.place,
                message.group,
                clean(message.author, request::kMaxName),
                clean(message.thread, request::kMaxName),
                clean(message.item, request::kMaxName),
                clean(message.link, request::kMaxPage),
                {}};
  const Proposal proposal = app.same_question->propose(site.name, message.text);
  fields.category = proposal.category;
  row.due_at = site.promises->of(fields.category).due(now);
  for (const std::string& topic : proposal.topics)
    row.source.topics += (row.source.topics.empty() ? "" : " ") + topic;
  return delivery;
}

void add_inbound_routes(App& app, http::Router& router) {
  const http::Admit vk = for_channel(app, [](const config::Channels& c, const http::Request&) {
    return c.vk && !c.vk->confirmation.empty();
  });
  const http::Admit facebook =
      for_channel(app, [](const config::Channels& c, const http::Request&) {
        return c.facebook && !c.facebook->verify_tokens.empty();
      });
  const http::Admit webhook =
      for_channel(app, [](const config::Channels& c, const http::Request& r) {
        return c.webhooks.count(r.args.at(1)) > 0;
      });
  const auto slots = http::Slots::make(kInboundAtOnce);
  const auto post = [&](const char* path, const http::Admit& admit,
                        void (*take)(App&, const RequestPtr&, const http::Reply&)) {
    router.add({"POST", path, kInboundBody, admit,
                [&app, take](const RequestPtr& request, const http::Reply& reply) {
                  take(app, request, reply);
                },
                slots});
  };
  post("/vk/{site}/callback", vk, take_vk);
  post("/facebook/{site}/webhook", facebook, take_facebook);
  post("/webhooks/{site}/{name}", webhook, take_webhook);
  router.add({"GET", "/facebook/{site}/webhook", 0, facebook,
              [&app](const RequestPtr& request, const http::Reply& reply) {
                reply(confirm_facebook(app, *request));
              }});
}

}  // namespace askus::api
