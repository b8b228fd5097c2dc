#include "server-stub/api/staff_page.h"

#include <filesystem>

#include "server-stub/api/app.h"
#include "server-stub/files/files.h"
#include "server-stub/http/problem.h"
#include "server-stub/publish/signature.h"

namespace askus::api {
namespace {

constexpr std::size_t kMaxPage = 64u << 10, kTagDigits = 32;
// Pictures that visitors have sent come as bytes that were fetched, so as blob:.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'";

}  // namespace

Result<std::unique_ptr<http::File>> load_staff_page(const std::string& web) {
  const std::string path = web + "/staff.html";
  if (!std::filesystem::exists(path)) return std::unique_ptr<http::File>();
  Result<std::string> html = files::read_file(path, kMaxPage);
  if (!html.ok()) return html.error();
  auto file = std::make_unique<http::File>();
  file->etag = publish::sha256_hex(*html).substr(0, kTagDigits);
  file->type = "text/html; charset=utf-8";
  file->cache = "no-cache";
  store::Variants variants = store::compress(std::move(*html));
  file->identity = std::move(variants.identity);
  file->br = std::move(variants.br);
  file->gz = std::move(variants.gz);
  return file;
}

void add_staff_page_routes(App& app, http::Router& router) {
  router.add(
      {"GET",
       "/staff",
       0,
       {},
       [&app](const std::shared_ptr<const http::Request>& request, const http::Reply& reply) {
         if (app.staff_page == nullptr)
           return reply(
               http::problem(http::problems::kNotFound, "the web folder has no page for staff"));
         reply(std::move(http::answer(*app.staff_page, *request)
                             .with("Content-Security-Policy", kPolicy)
                             .with("Cross-Origin-Opener-Policy", "same-origin")
                             .with("X-Frame-Options", "DENY")));
       }});
}

}  // namespace askus::api
