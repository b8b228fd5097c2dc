#include "server-stub/out/smtp.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "server-stub/publish/http_client.h"

namespace askus::out {
namespace {

struct Close {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, Close>;
using List = std::unique_ptr<curl_slist, Close>;

// Once, before any thread uses it.
const bool kStarted = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;

std::string_view host_of(std::string_view url) {
  url.remove_prefix(std::min(url.size(), url.find("://") + 3));
  if (url.starts_with('[')) return url.substr(0, std::min(url.size(), url.find(']') + 1));
  return url.substr(0, url.find_first_of(":/"));
}

std::size_t give(char* buffer, std::size_t size, std::size_t count, void* from) {
  auto& rest = *static_cast<std::string_view*>(from);
  const std::size_t some = std::min(size * count, rest.size());
  std::memcpy(buffer, rest.data(), some);
  rest.remove_prefix(some);
  return some;
}

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

// Each line that the server says; the last refusal is kept (an answer to QUIT may follow it), as
// far as it is printable ASCII.
std::size_t hear(char* buffer, std::size_t size, std::size_t count, void* into) {
  constexpr std::size_t kMostHeard = 200;
  std::string_view line(buffer, size * count);
  if (!line.starts_with('4') && !line.starts_with('5')) return size * count;
  line = line.substr(0, std::min(line.find_last_not_of("\r\n") + 1, kMostHeard));
  auto& heard = *static_cast<std::string*>(into);
  heard.assign(line);
  std::replace_if(
      heard.begin(), heard.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return size * count;
}

// What the server said last, by the three digits it begins with (RFC 5321, 4.2). `said`: libcurl's
// own words.
Verdict verdict_of(CURLcode code, long reply, const std::string& heard, std::string_view said) {
  constexpr long kTransient = 400, kPermanent = 500, kEnd = 600;
  constexpr long kAuthentication = 530, kBadCredentials = 535, kPolicy = 538;
  constexpr std::chrono::minutes kSoon{10};
  if (code == CURLE_OK) return {};
  const bool is_told = reply > 0 && heard.starts_with(std::to_string(reply));
  const std::string text = is_told ? "SMTP " + heard : std::string(said);
  if (code == CURLE_LOGIN_DENIED || reply == kAuthentication || reply == kBadCredentials ||
      reply == kPolicy) {
    Verdict verdict = again("credentials", text, kSoon);
    verdict.holds_all = true;
    return verdict;
  }
  if (code == CURLE_USE_SSL_FAILED || code == CURLE_PEER_FAILED_VERIFICATION ||
      code == CURLE_SSL_CONNECT_ERROR || code == CURLE_SSL_CACERT_BADFILE)
    return again("not-trusted", text, kSoon);
  if (reply >= kPermanent && reply < kEnd)
    return never(said.starts_with("RCPT") ? "address" : "refused", text);
  return again(reply >= kTransient && reply < kPermanent ? "busy" : "unreachable", text);
}

}  // namespace

bool is_smtp_url(std::string_view url) {
  if (!url.starts_with("smtp://") && !url.starts_with("smtps://")) return false;
  std::string_view rest = url.substr(url.find("://") + 3);
  const std::string_view host = host_of(url);
  if (host.empty() || host.size() > 255) return false;
  constexpr std::string_view kHost =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
  return rest.find_first_not_of(kHost) == std::string_view::npos;
}

Verdict send_by_smtp(const SmtpServer& server, const std::string& from, const std::string& to,
                     std::string_view mail, std::chrono::milliseconds deadline) {
  const Handle curl(kStarted ? curl_easy_init() : nullptr);
  if (!curl) return again("unreachable", "libcurl does not start");
  std::array<char, CURL_ERROR_SIZE> said{};
  std::string heard;
  const List recipients(curl_slist_append(nullptr, ("<" + to + ">").c_str()));
  const std::string sender = "<" + from + ">";
  const bool local = publish::is_this_machine(host_of(server.url));
  const auto set = [&curl](CURLoption option, auto value) {
    return curl_easy_setopt(curl.get(), option, value) == CURLE_OK;
  };
  bool ok = set(CURLOPT_URL, server.url.c_str()) && set(CURLOPT_PROTOCOLS_STR, "smtp,smtps") &&
            set(CURLOPT_NOSIGNAL, 1L) &&
            set(CURLOPT_USE_SSL, static_cast<long>(local ? CURLUSESSL_NONE : CURLUSESSL_ALL)) &&
            set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2)) &&
            set(CURLOPT_ERRORBUFFER, said.data()) && set(CURLOPT_WRITEFUNCTION, &ignore) &&
            set(CURLOPT_HEADERFUNCTION, &hear) &&
            set(CURLOPT_HEADERDATA, static_cast<void*>(&heard)) && set(CURLOPT_PROXY, "") &&
            set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED)) &&
            set(CURLOPT_TIMEOUT_MS, static_cast<long>(deadline.count())) &&
            set(CURLOPT_MAIL_FROM, sender.c_str()) && set(CURLOPT_MAIL_RCPT, recipients.get()) &&
            set(CURLOPT_UPLOAD, 1L) && set(CURLOPT_READFUNCTION, &give) &&
            set(CURLOPT_READDATA, static_cast<void*>(&mail));
  if (!server.user.empty())
    ok = ok && set(CURLOPT_USERNAME, server.user.c_str()) &&
         set(CURLOPT_PASSWORD, server.password.c_str());
  if (!server.ca_file.empty()) ok = ok && set(CURLOPT_CAINFO, server.ca_file.c_str());
  if (!ok) return again("unreachable", "libcurl does not know an option");
  const CURLcode code = curl_easy_perform(curl.get());
  long reply = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &reply);
  return verdict_of(code, reply, heard, said[0] != '\0' ? said.data() : curl_easy_strerror(code));
}

}  // namespace askus::out
