#include "server-stub/api/request_search.h"

#include <charconv>

#include "server-stub/store/awaited.h"
#include "server-stub/store/clock.h"
#include "shared/snapshot/builder.h"

namespace askus::api {
namespace {

// The text up to so many bytes, not within a character.
std::string cut(const std::string& text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end = bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return text.substr(0, end);
}

snapshot::Faq faq_of(const std::vector<store::Words>& requests) {
  constexpr const char* kLanguage = "uk";  // the search looks at all words alike
  snapshot::Faq faq;
  faq.settings.languages = {kLanguage};
  faq.topics.reserve(requests.size());
  for (const store::Words& one : requests) {
    snapshot::Version version;
    version.language = kLanguage;
    version.answer = cut(one.details, kSearchedDetails);
    // A comment has no title.
    version.title = cut(one.title.empty() ? one.details : one.title, snapshot::kMaxTitle);
    version.author = cut(one.name, snapshot::kMaxPerson);
    if (version.title.empty()) continue;
    faq.topics.push_back({std::to_string(one.number), {}, {std::move(version)}});
  }
  return faq;
}

// The number that a text is, with or without its sign; 0: it is none.
std::int64_t number_in(std::string_view text) {
  for (const std::string_view sign : {"№", "#"})
    if (text.starts_with(sign)) text.remove_prefix(sign.size());
  while (text.starts_with(' ')) text.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number > 0 ? number : 0;
}

}  // namespace

struct RequestSearch::Searched {
  explicit Searched(std::string bytes_) : bytes(std::move(bytes_)) {}

  std::int64_t seq = 0;  // of the site's last change when it was compiled
  std::string bytes;     // which the two below borrow
  std::unique_ptr<snapshot::Snapshot> snapshot;
  std::unique_ptr<search::Index> index;
};

RequestSearch::RequestSearch(store::Store& store) : store_(store) {}
RequestSearch::~RequestSearch() {
  close();
}

Result<RequestSearch::Searched*> RequestSearch::renew(const std::string& site) {
  const auto news = store::awaited<Result<store::News>>(
      [&](auto done) { store::read_news(store_, site, INT64_MAX, store::system_clock(), done); });
  if (!news.ok()) return news.error();
  std::unique_ptr<Searched>& known = sites_[site];
  if (known != nullptr && known->seq == news->seq) return known.get();
  const auto words = store::awaited<Result<std::vector<store::Words>>>(
      [&](auto done) { store::read_words(store_, site, kSearchedRequests, done); });
  if (!words.ok()) return words.error();
  Result<std::string> bytes = snapshot::build(faq_of(*words));
  if (!bytes.ok()) return bytes.error();
  auto fresh = std::make_unique<Searched>(std::move(*bytes));
  Result<snapshot::Snapshot> opened = snapshot::Snapshot::open(
      {reinterpret_cast<const std::uint8_t*>(fresh->bytes.data()), fresh->bytes.size()});
  if (!opened.ok()) return opened.error();
  fresh->seq = news->seq;
  fresh->snapshot = std::make_unique<snapshot::Snapshot>(*opened);
  fresh->index = std::make_unique<search::Index>(*fresh->snapshot);
  known = std::move(fresh);
  return known.get();
}

void RequestSearch::find(const std::string& site, const std::string& text,
                         const std::function<void(Found)>& done) {
  if (const std::int64_t number = number_in(text); number > 0)
    return done(std::vector<std::int64_t>{number});
  const bool taken = worker_.push([this, site, text, done] {
    Result<Searched*> searched = renew(site);
    if (!searched.ok()) return done(searched.error());
    search::Options options;
    options.limit = static_cast<std::uint32_t>(store::kMostNumbers);
    std::vector<std::int64_t> numbers;
    for (const search::Hit& hit : (*searched)->index->search(text, options)) {
      const std::string_view id = snapshot::view((*searched)->snapshot->topic(hit.topic).id());
      std::int64_t number = 0;
      std::from_chars(id.data(), id.data() + id.size(), number);
      numbers.push_back(number);
    }
    done(std::move(numbers));
  });
  if (!taken) done(Error{Code::kUnavailable, "too many search at once"});
}

}  // namespace askus::api
