#include "server-stub/api/social_pages.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server-stub/api/channel.h"
#include "server-stub/api/social_token.h"
#include "server-stub/http/form_data.h"
#include "server-stub/http/problem.h"
#include "server-stub/publish/signature.h"
#include "server-stub/social/facebook.h"
#include "server-stub/social/vk_launch.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
using RequestPtr = std::shared_ptr<const http::Request>;

constexpr std::string_view kNoticePolicy =
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors";

// A language as a network writes it (ua, uk_UA) as a tag.
std::string tag_of(std::string language) {
  std::replace(language.begin(), language.end(), '_', '-');
  return language == "ua" ? "uk" : language;
}

const std::vector<std::string>& parents_of(const Site& site, std::string_view channel) {
  return channel == "vk" ? site.config.channels.vk->frame_ancestors
                         : site.config.channels.facebook->frame_ancestors;
}

http::Response refuse(const App& app, const http::Request& request, std::string_view channel,
                      const std::string& language = {}) {
  const std::string name = "open_" + std::string(channel);
  http::Response response = social_notice(app, request, 403, language, name + "_title", name);
  std::string policy(kNoticePolicy);
  for (const std::string& parent : parents_of(*app.site(request.args.at(0)), channel))
    policy += " " + parent;
  return std::move(response.with("Content-Security-Policy", policy));
}

http::Response show_panel(App& app, const Site& site, const SocialUser& user,
                          std::string_view accepted) {
  const std::shared_ptr<const store::Published> published = site.snapshots->current();
  const std::string language =
      app.panel->language_of(tag_of(user.language) + " " + std::string(accepted), published.get());
  nlohmann::ordered_json social{{"channel", user.channel},
                                {"token", issue_social_token(app.secret, SocialUse::kPanel, user,
                                                             app.clock() + kSocialTokenLifetime)}};
  if (user.is_admin)
    social["hint"] = {{"title", app.social->text(language, "admin_title")},
                      {"text", app.social->text(language, "admin_" + user.channel)}};
  return std::move(
      http::text_response(200, "text/html; charset=utf-8",
                          app.panel->social_page(site.name, site.config, published.get(), language,
                                                 social, app.social->script()))
          .with("Cache-Control", "no-store")
          .with("Content-Security-Policy",
                content_security_policy(site.config, parents_of(site, user.channel))));
}

http::Response vk_page(App& app, const http::Request& request) {
  const Site& site = *app.site(request.args[0]);
  const config::VkConfig& vk = *site.config.channels.vk;
  const Result<social::VkLaunch> launch =
      social::verify_launch(request.query, site.channel_secrets.vk_keys, vk.app, app.clock());
  // For the words of a refusal alone what is not verified is good enough.
  if (!launch.ok())
    return refuse(app, request, "vk", tag_of(http::query_value(request.query, "vk_language")));
  // Any community may install the app; the others' visitors are not ours.
  if (!launch->group.empty() && !vk.group.empty() && launch->group != vk.group)
    return refuse(app, request, "vk", tag_of(launch->language));
  return show_panel(
      app, site,
      {site.name, "vk", launch->user, launch->group, launch->language, launch->role == "admin"},
      request.headers.get("Accept-Language"));
}

// Facebook posts a form; the browser is sent on to an address that it can load, with a code that
// works once.
void take_facebook(App& app, const RequestPtr& request, const http::Reply& reply) {
  const Site& site = *app.site(request->args[0]);
  const std::string text = signed_request_of(*request);
  const Result<social::SignedRequest> read =
      social::verify_signed_request(text, site.channel_secrets.facebook_app, app.clock());
  if (!read.ok() || read->page != site.config.channels.facebook->page)
    return reply(refuse(app, *request, "facebook", read.ok() ? tag_of(read->locale) : ""));
  const SocialUser user{site.name,  "facebook",   read->user,
                        read->page, read->locale, read->is_admin};
  const std::int64_t now = app.clock();
  app.store->use_once(
      "facebook/" + site.name + "/" + publish::sha256_hex(text), now,
      read->issued_at + social::kSignedLifetime + 1,
      [&app, request, reply, user, now](const Result<bool>& first) {
        if (!first.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
        if (!*first) return reply(refuse(app, *request, "facebook", tag_of(user.language)));
        const std::string code =
            issue_social_token(app.secret, SocialUse::kCode, user, now + kSocialCodeLifetime);
        reply(std::move(http::Response{303, {}, {}}
                            .with("Location", "/facebook/" + user.site + "?code=" + code)
                            .with("Cache-Control", "no-store")));
      });
}

void facebook_page(App& app, const RequestPtr& request, const http::Reply& reply) {
  const Site& site = *app.site(request->args[0]);
  const std::string code = http::query_value(request->query, "code");
  const std::int64_t now = app.clock();
  const std::optional<SocialUser> user =
      read_social_token(app.secret, SocialUse::kCode, site.name, code, now);
  if (!user) return reply(refuse(app, *request, "facebook"));
  app.store->use_once(
      "code/" + publish::sha256_hex(code), now, now + kSocialCodeLifetime,
      [&app, &site, request, reply, user](const Result<bool>& first) {
        if (!first.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
        if (!*first) return reply(refuse(app, *request, "facebook", tag_of(user->language)));
        reply(show_panel(app, site, *user, request->headers.get("Accept-Language")));
      });
}

}  // namespace

http::Response social_notice(const App& app, const http::Request& request, unsigned status,
                             std::string_view wanted, std::string_view title, std::string_view text,
                             const Values& values) {
  const Site& site = *app.site(request.args.at(0));
  std::string languages(wanted);
  languages += ' ';
  languages += request.headers.get("Accept-Language");
  const std::string language = app.panel->language_of(languages, site.snapshots->current().get());
  std::string words = app.social->text(language, text);
  for (const auto& [name, value] : values)
    if (const std::size_t at = words.find(name); at != std::string::npos)
      words.replace(at, name.size(), value);
  return std::move(
      http::text_response(status, "text/html; charset=utf-8",
                          app.social->page(language, app.social->text(language, title), words))
          .with("Cache-Control", "no-store")
          .with("Content-Security-Policy", std::string(kNoticePolicy) + " 'none'"));
}

std::string signed_request_of(const http::Request& request) {
  const auto form = http::parse_form(request.body);
  if (!form.ok()) return {};
  const auto found = form->find("signed_request");
  return found == form->end() ? std::string() : found->second;
}

void add_social_page_routes(App& app, http::Router& router) {
  const http::Admit vk = for_channel(
      app, [](const config::Channels& c, const http::Request&) { return c.vk.has_value(); });
  const http::Admit facebook = for_channel(
      app, [](const config::Channels& c, const http::Request&) { return c.facebook.has_value(); });
  router.add({"GET", "/vk/{site}", 0, vk, [&app](const RequestPtr& request, const auto& reply) {
                reply(vk_page(app, *request));
              }});
  router.add({"GET", "/facebook/{site}", 0, facebook,
              [&app](const RequestPtr& request, const auto& reply) {
                facebook_page(app, request, reply);
              }});
  router.add({"POST", "/facebook/{site}", kSocialForm, facebook,
              [&app](const RequestPtr& request, const auto& reply) {
                take_facebook(app, request, reply);
              }});
}

}  // namespace askus::api
