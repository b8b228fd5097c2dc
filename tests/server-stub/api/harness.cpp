#include "tests/server-stub/api/harness.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "server-stub/store/sqlite.h"

namespace askus::testing {
namespace {

constexpr timeval kReadTimeout{20, 0};

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return text;
}

}  // namespace

void write_web(const TempFolder& folder) {
  folder.write("web/ask.js", "loader();");
  folder.write("web/panel.html",
               "<html lang=\"{{lang}}\"><title>{{title}}</title>{{style}} {{script}} {{core}} "
               "{{manifest}}<script id=\"askus-config\">{{config}}</script></html>");
  folder.write("web/assets/core.1.wasm", "\1wasm");
  folder.write("web/assets/core.1.wasm.br", "br-bytes");
  folder.write("web/assets/panel.1.js", std::string(2'000, 'x'));
  folder.write("web/texts/uk.json", R"({"list":["</script>"]})");
  folder.write("web/texts/en.json", R"({"list":["x"]})");
  folder.write("web/assets.json",
               R"({"core":"assets/core.1.wasm","panel_script":"assets/panel.1.js",)"
               R"("panel_style":"assets/panel.1.css","verify_script":"assets/verify.1.js",)"
               R"("texts":{"uk":"texts/uk.json","en":"texts/en.json"}})");
  folder.write("site/index.html", "<h1>demo</h1>");
  folder.write("site/help/index.html", "<h1>help</h1>");
  folder.write("outside.txt", "nobody may read this");
}

std::string Answer::problem() const {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  constexpr std::string_view kPrefix = "/problems/";
  if (!json.is_object() || !json.contains("type")) return {};
  return json["type"].get<std::string>().substr(kPrefix.size());
}

Client::Client(std::uint16_t port, int window)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kReadTimeout, sizeof kReadTimeout);
  if (window > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &window, sizeof window);
  // No Catch assertion here: clients are made in several threads. One that could not connect
  // receives nothing.
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    ::shutdown(socket_, SHUT_RDWR);
}

Client::~Client() {
  ::close(socket_);
}

void Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // refused early: the answer tells
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool Client::read_more() {
  char chunk[8192];
  const ssize_t size = ::recv(socket_, chunk, sizeof chunk, 0);
  if (size > 0) buffer_.append(chunk, static_cast<std::size_t>(size));
  return size > 0;
}

Answer Client::receive(bool head) {
  Answer answer;
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
    if (!read_more()) return answer;
  std::size_t at = buffer_.find("\r\n") + 2;
  answer.status = static_cast<unsigned>(std::stoul(buffer_.substr(9, 3)));
  while (at < end + 2) {
    const std::size_t line_end = buffer_.find("\r\n", at), colon = buffer_.find(": ", at);
    answer.headers[lower(buffer_.substr(at, colon - at))] =
        buffer_.substr(colon + 2, line_end - colon - 2);
    at = line_end + 2;
  }
  buffer_.erase(0, end + 4);
  const std::size_t size = head || answer.headers.count("content-length") == 0
                               ? 0
                               : std::stoul(answer.headers["content-length"]);
  while (buffer_.size() < size)
    if (!read_more()) return answer;
  answer.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return answer;
}

bool Client::sip() {
  char bytes[kSip];
  return ::recv(socket_, bytes, sizeof bytes, 0) > 0;
}

bool Client::closed() {
  char byte = 0;
  return ::recv(socket_, &byte, 1, 0) == 0;
}

Harness::Harness(http::Limits limits, store::StoreOptions store, std::size_t large_file)
    : log_([this](std::string_view line) {
        const std::lock_guard lock(log_mutex_);
        log_text_ += line;
      }) {
  write_web(folder);
  if (large_file > 0) folder.write("web/assets/large.1.bin", std::string(large_file, 'l'));
  auto app = api::App::open(make_config(limits, std::move(store)), std::string(32, 's'), log_);
  REQUIRE(app.ok());
  app_ = std::move(*app);
  server_ = std::make_unique<http::Server>(
      http::Server::Options{"127.0.0.1", 0, 2, limits, &app_->metrics}, app_->routes(), log_);
  const auto listening = server_->listen();
  REQUIRE(listening.ok());
  port = *listening;
  thread_ = std::thread([this] { server_->run(); });
}

Harness::~Harness() {
  stop();
}

void Harness::stop() {
  if (!thread_.joinable()) return;
  server_->stop();
  thread_.join();
  app_->close();
}

config::Config Harness::make_config(http::Limits limits, store::StoreOptions store) {
  config::Config config;
  config.data = folder.file("data");
  config.web = folder.file("web");
  config.site_root = folder.file("site");
  config.limits = limits;
  config.store = std::move(store);
  config.store.file = config.data + "/askus.db";
  config::SiteConfig& site = config.sites["demo"];
  site.allowed_origins = {"https://a.example", "http://b.example:1"};
  site.picture_origins = {"https://pictures.example"};
  site.snapshot_origin = "https://cdn.example";
  site.public_keys = {key.public_key()};
  site.publisher_keys = {publish::sha256_hex(token)};
  site.staff_keys = {publish::sha256_hex(staff_token)};
  site.keep_queries = true;
  config.sites["other"].publisher_keys = {publish::sha256_hex(other_token)};
  return config;
}

std::string request_text(const std::string& method, const std::string& target, const Fields& fields,
                         const std::string& body) {
  std::string text = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n";
  for (const auto& [name, value] : fields) text += name + ": " + value + "\r\n";
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text + "\r\n" + body;
}

Answer Harness::ask(const std::string& method, const std::string& target, const Fields& fields,
                    const std::string& body) {
  Client client(port);
  client.send(request_text(method, target, fields, body));
  return client.receive(method == "HEAD");
}

Answer Harness::post_request(const std::string& id, const std::string& body, const Fields& more) {
  Fields fields{{"Content-Type", "application/json"}, {"Idempotency-Key", id}};
  fields.insert(fields.end(), more.begin(), more.end());
  return ask("POST", "/v1/sites/demo/requests", fields, body);
}

Answer Harness::publish(const std::string& body, const std::string& path) {
  return ask("POST", "/v1/sites/demo/" + path, {{"Authorization", "Bearer " + token}}, body);
}

std::string Harness::sql(const std::string& query) const {
  auto database = store::Database::open(folder.file("data/askus.db"));
  REQUIRE(database.ok());
  auto statement = store::Statement::prepare(*database, query);
  REQUIRE(statement.ok());
  auto row = statement->step();
  REQUIRE(row.ok());
  return *row ? statement->text(0) : "no row";
}

std::string Harness::log() const {
  const std::lock_guard lock(log_mutex_);
  return log_text_;
}

std::string uuid(int n) {
  const std::string digits = std::to_string(n);
  return "01890a5d-ac96-774b-bcce-" + std::string(12 - digits.size(), '0') + digits;
}

std::string request_json(const std::string& id, const std::string& more) {
  return R"({"id":")" + id + R"(","kind":"question","title":"Why?","language":"uk")" + more + "}";
}

}  // namespace askus::testing
