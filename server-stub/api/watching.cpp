#include "server-stub/api/watching.h"

#include <algorithm>
#include <array>

#include "shared/text/fold.h"
#include "shared/text/utf8.h"

namespace askus::api {
namespace {

std::string folded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::array<char, 4> bytes{};
    const std::size_t size = text::put(text::fold(text::next(text, at)), bytes.data());
    out.append(bytes.data(), size);
  }
  return out;
}

}  // namespace

std::shared_ptr<Watching::Site> Watching::site_of(const std::string& site) {
  const std::lock_guard lock(mutex_);
  const auto found = sites_.find(site);
  return found == sites_.end() ? nullptr : found->second;
}

void Watching::renew(const std::string& site, const store::WatchList& list) {
  if (const auto known = site_of(site); known != nullptr && known->list == list) return;
  auto fresh = std::make_shared<Site>();
  fresh->list = list;
  if (!list.words.empty())
    fresh->words = std::make_unique<tags::WatchWords>(list.words, list.minus_words);
  for (const std::string& one : list.ignored) fresh->ignored.push_back(folded(one));
  const std::lock_guard lock(mutex_);
  sites_[site] = std::move(fresh);
}

std::string Watching::words_in(const std::string& site, std::string_view text) {
  const std::shared_ptr<Site> known = site_of(site);
  std::string lines;
  if (known == nullptr || known->words == nullptr) return lines;
  const std::lock_guard lock(known->mutex);
  for (const std::string& word : known->words->found(text))
    lines += (lines.empty() ? "" : "\n") + word;
  return lines;
}

bool Watching::ignores(const std::string& site, std::string_view author, std::string_view name) {
  const std::shared_ptr<Site> known = site_of(site);
  if (known == nullptr) return false;
  return std::any_of(known->ignored.begin(), known->ignored.end(), [&](const std::string& one) {
    return (!author.empty() && one == folded(author)) || (!name.empty() && one == folded(name));
  });
}

}  // namespace askus::api
