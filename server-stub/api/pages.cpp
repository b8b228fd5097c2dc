#include "server-stub/api/pages.h"

#include "server-stub/api/form.h"

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
            .with("Content-Security-Policy",
                  content_security_policy(site.config, framed ? site.config.allowed_origins
                                                              : std::vector<std::string>{}))));
  };
}

}  // namespace

void add_page_routes(App& app, http::Router& router) {
  router.add({"GET", "/sites/{site}/panel", 0, for_site(app), panel(app, true)});
  router.add({"GET", "/sites/{site}/ask", 0, for_site(app), panel(app, false)});
  router.set_files([&app](const http::Request& request) -> std::optional<http::Response> {
    const auto file = app.files.find(request.path);
    if (file == app.files.end()) return std::nullopt;
    return http::answer(file->second, request);
  });
}

}  // namespace askus::api
