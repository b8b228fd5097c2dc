// The panel's page, written for one site and language: web/panel/panel.html with its placeholders
// replaced.
#pragma once

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/config/config.h"
#include "server-stub/http/file.h"
#include "server-stub/store/snapshot_store.h"
#include "shared/base/result.h"

namespace askus::api {

// Thread-safe after load().
class PanelPages {
 public:
  // Reads panel.html, assets.json and the texts of the web folder; says which key is missing.
  static Result<std::unique_ptr<PanelPages>> load(const std::string& web);

  // The best language of the interface: of `wanted` (space or comma separated, best first), then
  // of the site's, then English, then any.
  std::string choose_language(std::string_view wanted,
                              const std::vector<std::string>& site_languages) const;

  // The page, compressed and kept for the next visitor.
  http::File page(const std::string& site, const config::SiteConfig& config,
                  const store::Published* published, std::string_view wanted);

  // The page for one visitor of a social network, as HTML. `social` becomes that member of the
  // page's configuration, and `script` the address of a module that runs beside the panel's.
  std::string social_page(const std::string& site, const config::SiteConfig& config,
                          const store::Published* published, const std::string& language,
                          const nlohmann::ordered_json& social, std::string_view script) const;
  // As choose_language does, for a site as it is published.
  std::string language_of(std::string_view wanted, const store::Published* published) const;

 private:
  struct Piece {
    std::string text;  // as it is
    std::string slot;  // then the value of this placeholder, unless empty
  };
  struct Cached {
    std::uint64_t version = 0;  // of the snapshot whose texts are in it
    http::File file;
  };

  // The page's placeholders but for its configuration.
  std::map<std::string, std::string> values(const std::string& site,
                                            const store::Published* published,
                                            const std::string& language) const;
  std::string write(const std::map<std::string, std::string>& values) const;
  nlohmann::ordered_json config_json(const std::string& site, const config::SiteConfig& config,
                                     const std::string& language) const;

  std::vector<Piece> template_;
  std::map<std::string, std::string> assets_;      // logical name -> path
  std::map<std::string, std::string> texts_;       // language -> JSON
  std::map<std::string, std::string> more_texts_;  // language -> path, of the later screens
  std::mutex mutex_;
  std::map<std::string, Cached> cache_;  // by site and language: as many as are configured
};

// Sources of a policy's directive, each behind a space.
std::string source_list(const std::vector<std::string>& sources);

// The panel's Content-Security-Policy (docs/http-api.md). `parents`: the sources that may frame it.
std::string content_security_policy(const config::SiteConfig& site,
                                    const std::vector<std::string>& parents);

}  // namespace askus::api
