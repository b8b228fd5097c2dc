// A whole server in this process: configuration, data folder, web files, real sockets.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
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
  // `window`: bytes that the system may take in before receive() does; 0: its default.
  explicit Client(std::uint16_t port, int window = 0);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(std::string_view bytes);
  Answer receive(bool head = false);
  // Takes up to kSip bytes of what has arrived (waits for it); false when the connection has ended.
  static constexpr std::size_t kSip = 16'384;
  bool sip();
  // Whether the server has closed the connection (waits for it).
  bool closed();

 private:
  bool read_more();
  int socket_;
  std::string buffer_;
};

using Fields = std::vector<std::pair<std::string, std::string>>;

class Harness {
 public:
  // `large_file`: bytes of /assets/large.1.bin; 0: there is none.
  explicit Harness(http::Limits limits = {}, store::StoreOptions store = {},
                   std::size_t large_file = 0);
  ~Harness();

  // One request on a connection of its own.
  Answer ask(const std::string& method, const std::string& target, const Fields& fields = {},
             const std::string& body = {});
  Answer post_request(const std::string& id, const std::string& body, const Fields& more = {});
  Answer publish(const std::string& body, const std::string& path = "snapshots");

  // Stops as on SIGTERM and waits for the end; the log is complete then.
  void stop();
  std::string sql(const std::string& query) const;
  std::string rows() const { return sql("SELECT count(*) FROM requests"); }
  std::string log() const;
  api::App& app() { return *app_; }

  TempFolder folder;
  publish::SigningKey key = new_key();
  std::uint16_t port = 0;
  std::string token = "publishers-key", other_token = "others-key";  // of "demo" and "other"
  std::string staff_token = "staff-key";                             // of "demo"

 private:
  config::Config make_config(http::Limits limits, store::StoreOptions store);
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
// A valid request's JSON; `more` is put before the closing brace.
std::string request_json(const std::string& id, const std::string& more = {});

}  // namespace askus::testing
