#include "tests/server-stub/api/harness.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "server-stub/api/auth.h"
#include "server-stub/api/form_token.h"
#include "server-stub/store/clock.h"
#include "server-stub/store/sqlite.h"

namespace askus::testing {
namespace {

constexpr timeval kReadTimeout{20, 0};

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return text;
}

// Every text is its own name, so that a test sees which one is shown.
std::string form_texts() {
  nlohmann::json texts;
  for (const char* name :
       {"new_request",    "kind",         "kind_question",    "kind_problem",
        "kind_idea",      "kind_thanks",  "title_label",      "details_label",
        "category_label", "any_category", "name_label",       "contact_label",
        "policy",         "send",         "error_title",      "error_contact_missing",
        "error_contact",  "error_name",   "error_consent",    "error_too_long",
        "sent_plain",     "ask_another",  "press_again",      "optional",
        "form_wait",      "form_busy",    "form_leave_empty", "form_not_stored"})
    texts[name] = name;
  texts["sent_title"] = "no. {n} received";
  return nlohmann::json{{"uk", texts}, {"en", texts}}.dump();
}

std::string social_texts() {
  nlohmann::json texts;
  for (const char* name :
       {"open_vk_title", "open_vk", "open_facebook_title", "open_facebook", "admin_title",
        "admin_vk", "admin_facebook", "erased_title", "erased_unknown"})
    texts[name] = name;
  texts["erased"] = "erased {n} {date}";
  return nlohmann::json{{"uk", texts}, {"en", texts}}.dump();
}

}  // namespace

void write_web(const TempFolder& folder) {
  folder.write("web/ask.js", "loader();");
  folder.write("web/ask-more.js", "export const start = 1;");
  folder.write("web/panel.html",
               "<html lang=\"{{lang}}\"><title>{{title}}</title>{{style}} {{script}} {{core}} "
               "{{manifest}}<script id=\"askus-config\">{{config}}</script></html>");
  folder.write("web/assets/core.1.wasm", "\1wasm");
  folder.write("web/assets/core.1.wasm.br", "br-bytes");
  folder.write("web/assets/panel.1.js", std::string(2'000, 'x'));
  folder.write("web/texts/uk.json", R"({"list":["</script>"]})");
  folder.write("web/texts/en.json", R"({"list":["x"]})");
  folder.write("web/texts/form.json", form_texts());
  folder.write("web/texts/social.json", social_texts());
  folder.write("web/assets.json",
               R"({"core":"assets/core.1.wasm","panel_script":"assets/panel.1.js",)"
               R"("panel_style":"assets/panel.1.css","verify_script":"assets/verify.1.js",)"
               R"("social_texts":"texts/social.json","social_script":"assets/social.1.js",)"
               R"("form_texts":"texts/form.json","form_style":"assets/form.1.css",)"
               R"("texts":{"uk":"texts/uk.json","en":"texts/en.json"}})");
  folder.write("site/index.html", "<h1>demo</h1>");
  folder.write("site/help/index.html", "<h1>help</h1>");
  folder.write("outside.txt", "nobody may read this");
}

std::string Answer::problem() const {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  constexpr std::string_view kPrefix = "/problems/";
  if (!json.is_object() || !json.contains("type")) return {};
  const std::string type = json["type"];
  return type.starts_with(kPrefix) ? type.substr(kPrefix.size()) : std::string();
}

Client::Client() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kReadTimeout, sizeof kReadTimeout);
}

Client::Client(std::uint16_t port, int window, const std::string& from) : Client() {
  if (window > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &window, sizeof window);
  sockaddr_in own{};
  own.sin_family = AF_INET;
  ::inet_pton(AF_INET, from.c_str(), &own.sin_addr);
  const int yes = 1;
  ::setsockopt(socket_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
  ::bind(socket_, reinterpret_cast<sockaddr*>(&own), sizeof own);
  connect(port);
}

void Client::connect(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // No Catch assertion here: clients are made in several threads. One that could not connect
  // receives nothing.
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    ::shutdown(socket_, SHUT_RDWR);
}

Client::~Client() {
  ::close(socket_);
}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;  // refused early: the answer tells
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Client::finish() {
  ::shutdown(socket_, SHUT_WR);
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

config::Abuse unguarded() {
  config::Abuse abuse;
  abuse.form_token = abuse.rates.on = false;
  return abuse;
}

Harness::Harness(http::Limits limits, store::StoreOptions store, std::size_t large_file,
                 const Setup& setup)
    : log_([this](std::string_view line) {
        const std::lock_guard lock(log_mutex_);
        log_text_ += line;
      }) {
  write_web(folder);
  if (large_file > 0) folder.write("web/assets/large.1.bin", std::string(large_file, 'l'));
  config::Config config = make_config(limits, std::move(store), setup);
  if (setup.config) setup.config(config, folder);
  auto app = api::App::open(config, std::string(32, 's'), log_, [this] { return now.load(); });
  INFO((app.ok() ? "" : app.error().text));
  REQUIRE(app.ok());
  app_ = std::move(*app);
  if (setup.same_question) app_->same_question = setup.same_question();
  server_ = std::make_unique<http::Server>(
      http::Server::Options{"127.0.0.1", 0, 2, limits, setup.trusted_proxies, setup.tls,
                            &app_->metrics},
      app_->routes(), log_);
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

config::Config Harness::make_config(http::Limits limits, store::StoreOptions store,
                                    const Setup& setup) {
  config::Config config;
  config.data = folder.file("data");
  config.web = folder.file("web");
  config.site_root = folder.file("site");
  config.limits = limits;
  config.abuse = setup.abuse;
  config.store = std::move(store);
  config.store.file = config.data + "/askus.db";
  config::SiteConfig& site = config.sites["demo"];
  site.allowed_origins = {"https://a.example", "http://b.example:1"};
  site.picture_origins = {"https://pictures.example"};
  site.snapshot_origin = "https://cdn.example";
  site.api_origins = setup.api_origins;
  site.requests_per_hour = setup.requests_per_hour;
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

Answer Harness::put_picture(const std::string& body, const Fields& fields) {
  return ask("PUT", "/v1/sites/demo/attachments/" + publish::sha256_hex(body), fields, body);
}

Answer Harness::ask_own(const std::string& method, const std::string& id, const std::string& more) {
  const std::string own = api::request_token(app_->secret, id);
  return ask(method, "/v1/requests/" + id + more, {{"Authorization", "Bearer " + own}});
}

Answer Harness::publish(const std::string& body, const std::string& path) {
  return ask("POST", "/v1/sites/demo/" + path, {{"Authorization", "Bearer " + token}}, body);
}

std::string Harness::form_token(std::chrono::milliseconds age, unsigned work) const {
  return api::issue_form_token(std::string(32, 's'), "demo",
                               {api::unix_milliseconds() - age.count(), work});
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

std::string utc(std::int64_t seconds) {
  return store::utc_text(seconds);
}

std::string png(std::uint32_t width, std::uint32_t height) {
  std::string bytes("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", 16);
  for (const std::uint32_t side : {width, height})
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(side >> shift & 0xFF);
  return bytes + std::string("\x08\x06\0\0\0", 5);
}

std::string gif(std::uint16_t width, std::uint16_t height) {
  std::string bytes = "GIF89a";
  for (const std::uint16_t side : {width, height}) {
    bytes += static_cast<char>(side & 0xFF);
    bytes += static_cast<char>(side >> 8);
  }
  return bytes + std::string("\0\0\0;", 4);
}

std::string request_json(const std::string& id, const std::string& more) {
  return R"({"id":")" + id + R"(","kind":"question","title":"Why?","language":"uk")" + more + "}";
}

}  // namespace askus::testing
