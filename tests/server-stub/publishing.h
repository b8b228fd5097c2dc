// A small FAQ, a key and what a publisher makes of them.
#pragma once

#include <string>

#include "server-stub/publish/manifest_json.h"
#include "server-stub/publish/publication.h"
#include "server-stub/publish/signature.h"
#include "shared/snapshot/builder.h"
#include "tests/catch.h"

namespace askus::testing {

inline constexpr std::uint64_t kIssued = 1'767'225'600;  // 2026-01-01

inline snapshot::Faq tiny_faq(const std::string& answer, const std::string& site = "demo") {
  snapshot::Faq faq;
  faq.settings.site = site;
  faq.settings.languages = {"uk", "en"};
  faq.settings.title = {{"uk", "Запитайте <нас>"}, {"en", "Ask us!"}};
  faq.settings.categories = {{"billing", {{"en", "Billing"}}, {}}};
  faq.settings.consent_version = "1";
  faq.settings.consent_text = {{"en", "You may keep this."}};
  snapshot::Version version;
  version.language = "en";
  version.title = "How do I pay?";
  version.answer = answer;
  faq.topics = {{"pay", "billing", {version}}};
  return faq;
}

inline std::string tiny_snapshot(const std::string& answer, const std::string& site = "demo") {
  auto bytes = snapshot::build(tiny_faq(answer, site));
  REQUIRE(bytes.ok());
  return *bytes;
}

inline publish::SigningKey new_key() {
  auto key = publish::SigningKey::generate();
  REQUIRE(key.ok());
  return std::move(*key);
}

struct Publication {
  snapshot::Manifest manifest;
  std::string manifest_json, bytes;
  std::string body() const { return manifest_json + "\n" + bytes; }
};

inline Publication make_publication(const publish::SigningKey& key, std::uint64_t version,
                                    std::string bytes, const std::string& site = "demo") {
  const snapshot::Manifest manifest =
      publish::make_manifest(key, site, version, kIssued, publish::kDefaultFreshDays, bytes);
  return {manifest, publish::manifest_to_json(manifest), std::move(bytes)};
}

}  // namespace askus::testing
