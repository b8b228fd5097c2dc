#include "server-stub/api/channel.h"

#include "server-stub/http/problem.h"

namespace askus::api {

http::Admit for_channel(const App& app, HasChannel has) {
  return for_site(
      app,
      [&app, has = std::move(has)](const http::Request& request) -> std::optional<http::Response> {
        if (has(app.site(request.args.at(0))->config.channels, request)) return std::nullopt;
        return http::problem(http::problems::kNotFound,
                             "this channel is not configured for the site");
      });
}

}  // namespace askus::api
