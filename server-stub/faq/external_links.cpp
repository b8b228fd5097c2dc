#include "server-stub/faq/external_links.h"

#include <curl/curl.h>

#include <array>
#include <cstdlib>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "shared/faq/links.h"
#include "shared/faq/words.h"

namespace askus::faq {
namespace {

// CURL and CURLM are both void.
struct CloseOne {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct CloseAll {
  void operator()(CURLM* all) const { curl_multi_cleanup(all); }
};
using Handle = std::unique_ptr<CURL, CloseOne>;
using Handles = std::unique_ptr<CURLM, CloseAll>;

// What is wrong with each address; empty: nothing.
using Verdicts = std::map<std::string, std::string, std::less<>>;

// An address as a server is asked for it.
std::string_view page_of(std::string_view address) {
  return address.substr(0, address.find('#'));
}

// `use(column, address)` for each of a version.
template <typename Use>
void each_address(const snapshot::Version& version, Use use) {
  if (is_https_address(version.url)) use("url", version.url);
  for (const Link& link : links_of(version.answer))
    if (is_https_address(link.target)) use("answer", link.target);
}

// The header is enough: a body ends the exchange.
std::size_t stop(char*, std::size_t, std::size_t, void*) {
  return CURL_WRITEFUNC_ERROR;
}

bool prepare(CURL* curl, const char* address, std::chrono::milliseconds deadline) {
  const auto set = [curl](CURLoption option, auto value) {
    return curl_easy_setopt(curl, option, value) == CURLE_OK;
  };
  // Some servers refuse what names no browser; some refuse HEAD.
  bool ok = set(CURLOPT_URL, address) && set(CURLOPT_PROTOCOLS_STR, "https,http") &&
            set(CURLOPT_FOLLOWLOCATION, 1L) && set(CURLOPT_REDIR_PROTOCOLS_STR, "https,http") &&
            set(CURLOPT_MAXREDIRS, static_cast<long>(kMostRedirects)) &&
            set(CURLOPT_TIMEOUT_MS, static_cast<long>(deadline.count())) &&
            set(CURLOPT_NOSIGNAL, 1L) && set(CURLOPT_COOKIEFILE, "") &&
            set(CURLOPT_ACCEPT_ENCODING, "") && set(CURLOPT_NETRC, long{CURL_NETRC_IGNORED}) &&
            set(CURLOPT_USERAGENT, "Mozilla/5.0 (compatible; askus-faq)") &&
            set(CURLOPT_WRITEFUNCTION, &stop);
  if (const char* authorities = std::getenv("SSL_CERT_FILE"))
    ok = ok && set(CURLOPT_CAINFO, authorities);
  return ok;
}

std::string verdict_of(CURLcode code, long status) {
  constexpr long kNotFound = 404, kGone = 410, kFails = 500, kUnavailable = 503;
  switch (code) {
    case CURLE_OK:
    case CURLE_WRITE_ERROR:  // by stop()
      break;
    case CURLE_COULDNT_RESOLVE_HOST:
      return "there is no such host";
    case CURLE_OPERATION_TIMEDOUT:
      return "no answer in time";
    case CURLE_TOO_MANY_REDIRECTS:
      return "it leads from one address to the next without end";
    case CURLE_PEER_FAILED_VERIFICATION:
      return "its certificate is not valid: browsers will warn";
    default:
      return std::string("nobody answers there (") + curl_easy_strerror(code) + ")";
  }
  const std::string number = std::to_string(status);
  if (status == kNotFound || status == kGone) return "the page is not there (" + number + ")";
  if (status >= kFails && status != kUnavailable) return "the server fails (" + number + ")";
  return {};
}

// Asks for what `verdicts` has, kLinksAtOnce at a time.
class Asking {
 public:
  Asking(Verdicts& verdicts, std::chrono::milliseconds deadline)
      : verdicts_(verdicts), next_(verdicts.begin()), deadline_(deadline) {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return;
    all_.reset(curl_multi_init());
    for (Handle& one : handles_) {
      one.reset(curl_easy_init());
      begin_next(one.get());
    }
  }

  // Waits until more have ended; how many are still to end.
  std::size_t wait() {
    constexpr int kPatience = 1'000;  // milliseconds
    int running = 0;
    if (curl_multi_perform(all_.get(), &running) != CURLM_OK) return 0;
    for (int left = 0; const CURLMsg* message = curl_multi_info_read(all_.get(), &left);)
      if (message->msg == CURLMSG_DONE) finish(message->easy_handle, message->data.result);
    if (running_ == 0) return 0;  // or what is left cannot be begun
    curl_multi_poll(all_.get(), nullptr, 0, kPatience, nullptr);
    return running_ + static_cast<std::size_t>(std::distance(next_, verdicts_.end()));
  }

 private:
  void begin_next(CURL* curl) {
    if (!all_ || curl == nullptr || next_ == verdicts_.end()) return;
    const auto one = next_++;
    curl_easy_reset(curl);
    if (!prepare(curl, one->first.c_str(), deadline_) ||
        curl_easy_setopt(curl, CURLOPT_PRIVATE, &one->second) != CURLE_OK ||
        curl_multi_add_handle(all_.get(), curl) != CURLM_OK)
      return;
    ++running_;
  }

  void finish(CURL* curl, CURLcode code) {
    long status = 0;
    std::string* verdict = nullptr;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_PRIVATE, &verdict);
    *verdict = verdict_of(code, status);
    curl_multi_remove_handle(all_.get(), curl);
    --running_;
    begin_next(curl);
  }

  Verdicts& verdicts_;
  Verdicts::iterator next_;
  const std::chrono::milliseconds deadline_;
  std::array<Handle, kLinksAtOnce> handles_;
  Handles all_;  // behind what it lets go of
  std::size_t running_ = 0;
};

}  // namespace

std::vector<Finding> dead_links(const Checked& checked, std::chrono::milliseconds deadline,
                                Progress& progress) {
  Verdicts verdicts;
  for (const snapshot::Topic& topic : checked.faq.topics)
    for (const snapshot::Version& version : topic.versions)
      each_address(version, [&verdicts](const char*, std::string_view address) {
        verdicts.emplace(page_of(address), "it could not be asked for");
      });
  Asking asking(verdicts, deadline);
  for (std::size_t left = verdicts.size(); left > 0; left = asking.wait())
    progress.step("asking for " + std::to_string(left) + " addresses");

  std::vector<Finding> findings;
  auto place = checked.places.begin();
  for (const snapshot::Topic& topic : checked.faq.topics)
    for (const snapshot::Version& version : topic.versions) {
      each_address(version, [&](const char* column, std::string_view address) {
        const std::string& wrong = verdicts.find(page_of(address))->second;
        if (!wrong.empty())
          findings.push_back({Severity::kWarning, "dead-link", place->file, place->row, column,
                              shorten(address), wrong});
      });
      ++place;
    }
  return findings;
}

}  // namespace askus::faq
