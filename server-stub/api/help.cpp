#include "server-stub/api/help.h"

#include <mutex>
#include <unordered_map>

#include "server-stub/http/problem.h"
#include "server-stub/publish/signature.h"
#include "server-stub/store/compress.h"
#include "shared/pages/help_pages.h"

namespace askus::api {
namespace {

namespace problems = http::problems;
using http::problem;

constexpr std::size_t kTagDigits = 32;
constexpr std::string_view kRevalidated = "no-cache";  // so that a publication is seen at once
constexpr std::string_view kLasting = "public, max-age=31536000, immutable";

// Nothing on the pages connects; Lighthouse, which reads /robots.txt by the page's policy, does.
std::string policy(const config::SiteConfig& site) {
  const std::string& server = site.help_pages->server;
  return "default-src 'none'; script-src 'self' " + server +
         "; style-src 'self'; img-src 'self' data:" + source_list(site.picture_origins) +
         "; connect-src 'self'; frame-src 'self' " + server +
         "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

bool is_announced(const store::Published& published, std::uint64_t now) {
  const auto* announcement = published.snapshot.settings().announcement();
  return announcement != nullptr && now >= announcement->from() && now < announcement->until();
}

// The pages of one snapshot, with or without its announcement. Thread-safe.
class Edition {
 public:
  Edition(std::shared_ptr<const store::Published> published, const config::SiteConfig& site,
          std::uint64_t now)
      : published_(std::move(published)),
        announced_(is_announced(*published_, now)),
        pages_(published_->snapshot,
               {site.help_pages->base, site.help_pages->server, site.picture_origins, now}) {}

  bool is_of(const std::shared_ptr<const store::Published>& published, std::uint64_t now) const {
    return published_ == published && announced_ == is_announced(*published, now);
  }
  const pages::HelpPages& pages() const { return pages_; }

  http::File file(const std::string& path, pages::Page page) {
    {
      const std::lock_guard lock(mutex_);
      if (const auto kept = kept_.find(path); kept != kept_.end()) return kept->second;
    }
    http::File file;
    file.etag = publish::sha256_hex(page.body).substr(0, kTagDigits);
    file.type = page.type;
    file.cache = page.lasting ? kLasting : kRevalidated;
    store::Variants variants = store::compress(std::move(page.body), store::Effort::kQuick);
    file.identity = std::move(variants.identity);
    file.br = std::move(variants.br);
    file.gz = std::move(variants.gz);
    const std::lock_guard lock(mutex_);
    if (kept_.size() >= kKeptHelpPages) kept_.clear();
    return kept_[path] = std::move(file);
  }
  // A page that is kept, without rendering it.
  std::optional<http::File> kept(const std::string& path) {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(path);
    return found == kept_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  const std::shared_ptr<const store::Published> published_;
  const bool announced_;
  const pages::HelpPages pages_;
  std::mutex mutex_;  // of what follows
  std::unordered_map<std::string, http::File> kept_;
};

// The newest edition of each site; made when its first page is asked for.
class Editions {
 public:
  std::shared_ptr<Edition> of(const Site& site, std::uint64_t now) {
    const std::shared_ptr<const store::Published> published = site.snapshots->current();
    const std::lock_guard lock(mutex_);
    std::shared_ptr<Edition>& edition = editions_[site.name];
    if (published == nullptr)
      edition = nullptr;
    else if (edition == nullptr || !edition->is_of(published, now))
      edition = std::make_shared<Edition>(published, site.config, now);
    return edition;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Edition>> editions_;
};

// A redirect to a path relative to the pages' folder, said relative to what was asked for: it holds
// whatever the address is under which a proxy shows the pages.
http::Response redirect(unsigned status, std::string_view asked, std::string_view to) {
  http::Response response{status, {}, {}};
  return std::move(response.with("Location", pages::root_of(asked) + std::string(to))
                       .with("Cache-Control", kRevalidated));
}

// The reader's first language among the site's, by the order of Accept-Language.
std::string start_of(const pages::HelpPages& pages, std::string_view wanted) {
  while (!wanted.empty()) {
    const std::string_view range = wanted.substr(0, wanted.find(','));
    wanted.remove_prefix(std::min(wanted.size(), range.size() + 1));
    std::string_view tag = range.substr(0, range.find(';'));
    while (tag.starts_with(' ')) tag.remove_prefix(1);
    for (const pages::Language& language : pages.languages())
      if (http::same_name(tag, language.tag) ||
          http::same_name(tag.substr(0, tag.find('-')), language.tag))
        return language.path;
  }
  return pages.languages().front().path;
}

http::Response with_policy(http::Response response, const Site& site) {
  return std::move(response.with("Content-Security-Policy", policy(site.config)));
}

http::Response answer(Edition& edition, const Site& site, const http::Request& request,
                      const std::string& path) {
  const pages::HelpPages& pages = edition.pages();
  if (path.empty())
    return std::move(redirect(302, path, start_of(pages, request.headers.get("Accept-Language")))
                         .with("Vary", "Accept-Language"));
  if (const auto kept = edition.kept(path)) return with_policy(http::answer(*kept, request), site);
  pages::Page page = pages.find(path);
  switch (page.outcome) {
    case pages::Outcome::kPage:
      return with_policy(http::answer(edition.file(path, std::move(page)), request), site);
    case pages::Outcome::kMoved:
      return redirect(301, path, page.body);
    case pages::Outcome::kMissing:
      break;
  }
  return with_policy(std::move(http::text_response(404, page.type, std::move(page.body))
                                   .with("Cache-Control", kRevalidated)),
                     site);
}

// Lets a site's pages through. Where a site has none, a file of the site_root may have the address.
http::Admit for_pages(const App& app) {
  return [&app](const http::Request& request) -> std::optional<http::Response> {
    const Site* site = app.site(request.args.at(0));
    if (site != nullptr && site->config.help_pages) return std::nullopt;
    if (const auto file = app.files.find(request.path); file != app.files.end())
      return http::answer(file->second, request);
    if (site == nullptr)
      return problem(problems::kUnknownSite, "no site \"" + request.args[0] + "\"");
    return problem(problems::kNotFound, "this site has no help pages");
  };
}

}  // namespace

void add_help_routes(App& app, http::Router& router) {
  const auto editions = std::make_shared<Editions>();
  const auto handle = [&app, editions](const std::shared_ptr<const http::Request>& request,
                                       const http::Reply& reply) {
    const Site& site = *app.site(request->args[0]);
    const std::string folder = "/help/" + site.name + "/";
    // Without its slash the folder is a file of the one above.
    if (request->path.size() < folder.size())
      return reply(std::move(http::Response{301, {}, {}}.with("Location", site.name + "/")));
    const auto edition = editions->of(site, static_cast<std::uint64_t>(app.clock()));
    if (edition == nullptr || edition->pages().empty())
      return reply(problem(problems::kNoSnapshot, "nothing is published yet"));
    reply(answer(*edition, site, *request, request->path.substr(folder.size())));
  };
  for (const char* pattern :
       {"/help/{site}", "/help/{site}/", "/help/{site}/{name}", "/help/{site}/{lang}/",
        "/help/{site}/{lang}/{page}", "/help/{site}/{lang}/{page}/",
        "/help/{site}/{lang}/c/{category}", "/help/{site}/{lang}/c/{category}/"})
    router.add({"GET", pattern, 0, for_pages(app), handle});
}

}  // namespace askus::api
