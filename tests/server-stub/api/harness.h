// A whole server in this process: configuration, data folder, web files, real sockets.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "server-stub/api/app.h"
#include "server-stub/http/server.h"
#include "tests/server-stub/publishing.h"
#include "tests/server-stub/temp_folder.h"

namespace askus::testing {

struct Answer {
  unsigned status = 0;                         // 0: the connection was closed without one
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  // The name of a problem, or "".
  std::string problem() const;
};

// One connection; blocking, with a time limit on every read.
class Client {
 public:
  // `window`: bytes that the system may take in before receive() does; 0: its default. `from`: the
  // address of this end.
  explicit Client(std::uint16_t port, int window = 0, const std::string& from = "127.0.0.1");
  // Not connected yet: connect() does it.
  Client();
  void connect(std::uint16_t port);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool send(std::string_view bytes);  // whether the server took them all
  void finish();                      // says that nothing more will be sent
  Answer receive(bool head = false);
  // Takes up to kSip bytes of what has arrived (waits for it); false when the connection has ended.
  static constexpr std::size_t kSip = 16'384;
  bool sip();
  // What arrives up to and with `text`, which it takes out of the buffer; what there was, when the
  // connection ends before.
  std::string receive_until(std::string_view text);
  // Whether the server has closed the connection (waits for it).
  bool closed();

 private:
  bool read_more();
  int socket_;
  std::string buffer_;
};

// No layer against abuse: what a test about something else wants.
config::Abuse unguarded();

// What a test may want otherwise than the others.
struct Setup {
  config::Abuse abuse = unguarded();
  std::vector<http::Network> trusted_proxies = {};
  std::optional<http::TlsFiles> tls = {};
  std::vector<std::string> api_origins = {};  // of "demo"
  std::size_t requests_per_hour = limit::kSitePerHour;
  std::function<void(config::Config&, const TempFolder&)> config = {};  // has the last word
  std::function<std::unique_ptr<api::SameQuestion>()> same_question = {};
};

using Fields = std::vector<std::pair<std::string, std::string>>;

// The time at which a harness starts: 2026-11-21T10:00:00Z.
inline constexpr std::int64_t kStart = 1'795'255'200;

class Harness {
 public:
  // `large_file`: bytes of /assets/large.1.bin; 0: there is none.
  explicit Harness(http::Limits limits = {}, store::StoreOptions store = {},
                   std::size_t large_file = 0, const Setup& setup = {});
  explicit Harness(const Setup& setup) : Harness({}, {}, 0, setup) {}
  ~Harness();

  // One request on a connection of its own.
  Answer ask(const std::string& method, const std::string& target, const Fields& fields = {},
             const std::string& body = {});
  Answer post_request(const std::string& id, const std::string& body, const Fields& more = {});
  // A picture; `body` is put under its own hash.
  Answer put_picture(const std::string& body, const Fields& fields = {});
  // With a request's token.
  Answer ask_own(const std::string& method, const std::string& id, const std::string& more = {});
  Answer publish(const std::string& body, const std::string& path = "snapshots");

  // A form token of "demo" that was issued so long ago.
  std::string form_token(std::chrono::milliseconds age, unsigned work = 0) const;

  // Stops as on SIGTERM and waits for the end; the log is complete then.
  void stop();
  std::string sql(const std::string& query) const;
  std::string rows() const { return sql("SELECT count(*) FROM requests"); }
  std::string log() const;
  api::App& app() { return *app_; }
  store::Store& store() { return *app_->store; }

  http::Server& server() { return *server_; }

  std::atomic<std::int64_t> now{kStart};  // what the server's clock says
  TempFolder folder;
  publish::SigningKey key = new_key();
  std::uint16_t port = 0;
  std::string token = "publishers-key", other_token = "others-key";  // of "demo" and "other"
  std::string staff_token = "staff-key";                             // of "demo"

 private:
  config::Config make_config(http::Limits limits, store::StoreOptions store, const Setup& setup);
  mutable std::mutex log_mutex_;
  std::string log_text_;
  http::Log log_;
  std::unique_ptr<api::App> app_;
  std::unique_ptr<http::Server> server_;
  std::thread thread_;
};

// The smallest web folder and site that a server starts with, in `web` and `site`.
void write_web(const TempFolder& folder);
std::string request_text(const std::string& method, const std::string& target, const Fields& fields,
                         const std::string& body);
std::string uuid(int n);
// Unix seconds as the server writes them.
std::string utc(std::int64_t seconds);
// The smallest files that begin as pictures of a size.
std::string png(std::uint32_t width, std::uint32_t height);
std::string gif(std::uint16_t width, std::uint16_t height);
// A valid request's JSON; `more` is put before the closing brace.
std::string request_json(const std::string& id, const std::string& more = {});

}  // namespace askus::testing
