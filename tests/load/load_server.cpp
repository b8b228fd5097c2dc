// askus-server as it is, but for its store: on a disk with slower syncs, or keeping nothing.
#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>
#include <iostream>

#include "server-stub/api/app.h"
#include "server-stub/http/server.h"
#include "tests/load/slow_disk.h"

namespace {

using namespace askus;

// Says at once that everything is stored, and throws it away.
class NullStore final : public store::Store {
 public:
  void add_request(store::NewRequest request, std::function<void(store::AddResult)> done) override {
    done({store::Outcome::kStored, request.answer({++number_, 0}), {}});
  }
  void find_request(std::string, std::function<void(store::Found)> done) override {
    done(std::optional<store::StoredRequest>());
  }
  void erase_request(std::string, std::string, Done done) override { done(kNothing); }
  void erase_user(std::string, std::string, std::string, std::string,
                  std::function<void(Result<std::int64_t>)> done) override {
    done(0);
  }
  void receive(std::vector<store::Delivery>, std::function<void(store::Received)> done) override {
    done({});
  }
  void add_reply(std::string, store::Reply, Done done) override { done(kNothing); }
  void set_status(std::string, std::string, std::int64_t, std::string, Done done) override {
    done(kNothing);
  }
  void put_attachment(store::NewAttachment, Done done) override { done(kNothing); }
  void find_attachment(std::string, std::string,
                       std::function<void(store::FoundAttachment)> done) override {
    done(std::optional<store::AttachmentBytes>());
  }
  void read_waiting(std::string, std::int64_t, std::size_t,
                    std::function<void(store::WaitingComments)> done) override {
    done(std::vector<store::WaitingComment>());
  }
  void count_me_too(std::string, std::string,
                    std::function<void(Result<std::int64_t>)> done) override {
    done(0);
  }
  void sweep(store::SweepRules, std::function<void(Result<store::Swept>)> done) override {
    done(store::Swept());
  }
  void read_changes(std::string, std::int64_t, std::size_t,
                    std::function<void(store::Changes)> done) override {
    done(std::vector<store::Change>());
  }
  void ask(std::vector<store::Query>,
           std::function<void(Result<std::vector<store::Rows>>)> done) override {
    done(Error{Code::kUnavailable, "nothing is kept"});
  }
  void ask_long(std::vector<store::Query>,
                std::function<void(Result<std::vector<store::Rows>>)> done) override {
    done(Error{Code::kUnavailable, "nothing is kept"});
  }
  void change(std::function<store::Written(store::Session&)>, Done done) override {
    done(kNothing);
  }
  void use_once(std::string, std::int64_t, std::int64_t,
                std::function<void(Result<bool>)> done) override {
    done(true);
  }
  void count(store::NewCounts, std::function<void(store::AddResult)> done) override {
    done({store::Outcome::kStored, {}, {}});
  }
  void read_sums(std::string, store::Days, std::function<void(Result<store::Sums>)> done) override {
    done(store::Sums());
  }
  void check(std::function<void(Status)> done) override { done(Status()); }
  store::Activity activity() const override { return {}; }
  void close() override {}

 private:
  static inline const store::Written kNothing{store::Outcome::kMissing, {}};
  std::atomic<std::int64_t> number_{0};
};

// No topic answers anything.
class NoQuestions final : public api::SameQuestion {
 public:
  std::vector<std::string> find(const std::string&, std::string_view, std::string_view) override {
    return {};
  }
  void renew(const std::string&, std::shared_ptr<const store::Published>) override {}
};

int fail(const Error& error) {
  std::cerr << "askus-load-server: " << error.text << "\n";
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App cli("askus-server for measurements", "askus-load-server");
  std::string config_file;
  int sync_delay = -1;
  bool keeps_nothing = false;
  bool searches_nothing = false;
  cli.add_option("--config", config_file, "the server's configuration")->required();
  cli.add_option("--sync-delay", sync_delay, "milliseconds that every sync takes longer");
  cli.add_flag("--keep-nothing", keeps_nothing, "throw every row away");
  cli.add_flag("--no-search", searches_nothing, "look for no topic that answers a request");
  CLI11_PARSE(cli, argc, argv);

  Result<config::Config> config = config::load(config_file);
  if (!config.ok()) return fail(config.error());
  Result<std::string> secret = config::load_secret(config->secret_file);
  if (!secret.ok()) return fail(secret.error());
  if (sync_delay >= 0) {
    testing::register_slow_disk(std::chrono::milliseconds(sync_delay));
    config->store.vfs = testing::kSlowDisk;
  }
  http::Log log([](std::string_view line) { std::cerr << line << std::flush; });
  auto app = api::App::open(*config, std::move(*secret), log);
  if (!app.ok()) return fail(app.error());
  if (keeps_nothing) (*app)->store = std::make_unique<NullStore>();
  if (searches_nothing) (*app)->same_question = std::make_unique<NoQuestions>();
  http::Server server(
      {config->address, config->port, config->threads, config->limits, {}, {}, &(*app)->metrics},
      (*app)->routes(), log);
  const Result<std::uint16_t> port = server.listen();
  if (!port.ok()) return fail(port.error());
  server.stop_on_signals();
  std::cout << "listening on " << *port << std::endl;
  server.run();
  (*app)->close();
  return 0;
}
