#include "server-stub/api/pages.h"

#include "server-stub/api/form.h"
#include "server-stub/http/problem.h"

namespace askus::api {
namespace {

http::Handler panel(App& app, bool framed) {
  return [&app, framed](const std::shared_ptr<const http::Request>& request,
                        const http::Reply& reply) {
    if (!framed && asks_for_form(*request)) return reply(show_form(app, *request));
    const Site& site = *app.site(request->args[0]);
    const std::shared_ptr<const store::Published> published = site.snapshots->current();
    const http::File file = app.panel->page(site.name, site.config, published.get(),
                                            http::query_value(request->query, "lang"));
    reply(std::move(
        http::answer(file, *request)
            .with("Content-Security-Policy", content_security_policy(site.config, framed))));
  };
}

void health(App& app, const http::Reply& reply) {
  app.store->check([reply](const Status& status) {
    http::Response response =
        status.ok() ? http::text_response(200, "text/plain; charset=utf-8", "ok\n")
                    : http::problem(http::problems::kBusy, "the store does not answer");
    reply(std::move(response.with("Cache-Control", "no-store")));
  });
}

}  // namespace

void add_page_routes(App& app, http::Router& router) {
  router.add({"GET", "/sites/{site}/panel", 0, for_site(app), panel(app, true)});
  router.add({"GET", "/sites/{site}/ask", 0, for_site(app), panel(app, false)});
  router.add({"GET", "/healthz", 0, {}, [&app](const auto&, const http::Reply& reply) {
                health(app, reply);
              }});
  router.set_files([&app](const http::Request& request) -> std::optional<http::Response> {
    const auto file = app.files.find(request.path);
    if (file == app.files.end()) return std::nullopt;
    return http::answer(file->second, request);
  });
}

}  // namespace askus::api
