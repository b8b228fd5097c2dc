// askus-server: reads the configuration, opens the data folder, serves until SIGTERM or SIGINT.
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <thread>

#include "server-stub/api/app.h"
#include "server-stub/api/report_mailer.h"
#include "server-stub/api/watch.h"
#include "server-stub/backup/backup.h"
#include "server-stub/config/config.h"
#include "server-stub/config/database.h"
#include "server-stub/config/init.h"
#include "server-stub/http/server.h"
#include "server-stub/invite/invite.h"
#include "server-stub/out/outbox.h"

namespace {

using askus::Result;
using askus::Status;

int fail(const askus::Error& error) {
  std::cerr << "askus-server: " << error.text << "\n";
  return 1;
}

std::string shown_host(const std::string& address) {
  return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

// The listener for metrics, where the configuration has one: a thread of its own, so that it
// answers while the server drains.
class Watch {
 public:
  Watch(const askus::config::Config& config, askus::api::App& app, askus::http::Log& log) {
    if (!config.metrics) return;
    address_ = config.metrics->address;
    server_ = std::make_unique<askus::http::Server>(
        askus::http::Server::Options{address_, config.metrics->port, 1, {}},
        askus::api::watch_routes(app, config.metrics->keys), log);
  }
  ~Watch() { stop(); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  Status start() {
    if (server_ == nullptr) return {};
    const Result<std::uint16_t> port = server_->listen();
    if (!port.ok()) return port.error();
    std::cout << "metrics on http://" << shown_host(address_) << ":" << *port << "/metrics"
              << std::endl;
    thread_ = std::thread([this] { server_->run(); });
    return {};
  }
  void stop() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
  }

 private:
  std::string address_;
  std::unique_ptr<askus::http::Server> server_;
  std::thread thread_;
};

// Reports go by mail where the configuration has a mail server.
std::unique_ptr<askus::api::ReportMailer> report_mailer(const askus::config::Config& config,
                                                        askus::api::App& app) {
  if (!config.mail) return nullptr;
  app.mails_reports = true;
  return std::make_unique<askus::api::ReportMailer>(
      app, config.mail->origin + "/staff#/reports",
      [](askus::store::Session& session, const askus::api::ReportMail& mail, std::int64_t now) {
        return askus::out::put_mail(session,
                                    {mail.site,
                                     std::string(askus::out::kReportList),
                                     mail.key,
                                     mail.to,
                                     mail.language,
                                     mail.subject,
                                     mail.text,
                                     {}},
                                    now);
      });
}

int serve(const askus::config::Config& config, std::string secret) {
  askus::http::Log log([](std::string_view line) { std::cerr << line << std::flush; });
  auto app = askus::api::App::open(config, std::move(secret), log);
  if (!app.ok()) return fail(app.error());
  if (::geteuid() == 0)
    log.event("running-as-root", {{"reason", "start it as a user of its own: docs/operations.md"}});
  const auto mailer = report_mailer(config, **app);  // before the routes, which say whether it is
  askus::http::Server server({config.address, config.port, config.threads, config.limits,
                              config.trusted_proxies, config.tls, &(*app)->metrics},
                             (*app)->routes(), log);
  const Result<std::uint16_t> port = server.listen();
  if (!port.ok()) return fail(port.error());
  Watch watch(config, **app, log);
  if (const Status status = watch.start(); !status.ok()) return fail(status.error());
  server.stop_on_signals();
  std::cout << "listening on " << (config.tls ? "https://" : "http://")
            << shown_host(config.address) << ":" << *port << std::endl;
  server.run();
  watch.stop();
  if (mailer != nullptr) mailer->close();
  (*app)->close();
  log.event("stopped", {});
  return 0;
}

int run(const std::string& config_file, bool only_check) {
  const Result<askus::config::Config> config = askus::config::load(config_file);
  if (!config.ok()) return fail(config.error());
  Result<std::string> secret = askus::config::load_secret(config->secret_file);
  if (!secret.ok()) return fail(secret.error());
  if (const auto database = askus::config::load_store_options(*config); !database.ok())
    return fail(database.error());
  for (const auto& [name, site] : config->sites)
    if (const auto secrets = askus::config::load_identity_secrets(site); !secrets.ok())
      return fail(secrets.error());
  for (const auto& [name, site] : config->sites)
    if (const auto secrets = askus::config::load_channel_secrets(site.channels); !secrets.ok())
      return fail({secrets.error().code, config_file + ":" + secrets.error().text});
  if (const auto mail = askus::config::load_mail(config->mail); !mail.ok())
    return fail(mail.error());
  for (const auto& [name, site] : config->sites)
    for (const auto& webhook : site.outgoing_webhooks)
      if (const auto keys = askus::config::load_webhook_keys(webhook.keys); !keys.ok())
        return fail({keys.error().code, config_file + ":" + keys.error().text});
  if (config->tls)
    if (const auto tls = askus::http::load_tls(*config->tls); !tls.ok()) return fail(tls.error());
  if (only_check) {
    std::cout << config_file << ": ok\n";
    return 0;
  }
  return serve(*config, std::move(*secret));
}

// What backup, restore and check say; 1 when something is wrong.
int tell(const askus::Result<askus::backup::Report>& report) {
  if (!report.ok()) return fail(report.error());
  for (const std::string& problem : report->problems)
    std::cerr << "askus-server: " << problem << "\n";
  std::cout << report->requests << " requests, " << report->snapshots
            << " snapshots: " << (report->problems.empty() ? "ok" : "NOT ok") << "\n";
  return report->problems.empty() ? 0 : 1;
}

// A subcommand that looks at the data of a configuration and, but for check, at a folder.
struct DataCommand {
  CLI::App* command = nullptr;
  std::string config_file, folder;

  void add(CLI::App& cli, const char* name, const char* what, const char* option) {
    command = cli.add_subcommand(name, what);
    command->add_option("--config", config_file, "the server's configuration")->required();
    if (option != nullptr) command->add_option(option, folder, "the backup's folder")->required();
  }
  template <typename Work>
  int run(Work work) const {
    const Result<askus::config::Config> config = askus::config::load(config_file);
    return config.ok() ? tell(work(*config)) : fail(config.error());
  }
};

// The subcommand that makes a link for somebody's account.
struct InviteCommand {
  CLI::App* command = nullptr;
  std::string config_file;
  askus::invite::Options options;

  void add(CLI::App& cli) {
    command = cli.add_subcommand("invite", "make a link for an account; prints it once");
    command->add_option("--config", config_file, "the server's configuration")->required();
    command->add_option("--site", options.site, "name of the site")->required();
    command->add_option("--email", options.email, "whose account it will be")->required();
    command->add_option("--role", options.role, "staff, lead, marketer, administrator")
        ->capture_default_str();
    command->add_flag("--new-password", options.password,
                      "for who has an account and has lost the password or the codes");
    command->add_option("--origin", options.origin,
                        "where browsers reach the server, such as https://support.example.com");
  }
  int run() const {
    const Result<askus::config::Config> config = askus::config::load(config_file);
    if (!config.ok()) return fail(config.error());
    const Result<std::string> link = askus::invite::make_link(*config, options);
    if (!link.ok()) return fail(link.error());
    std::cout << *link << std::endl;
    return 0;
  }
};

int run_program(int argc, char** argv) {
  // A client that goes away while it is written to must not end the server.
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App cli("Serves the \"Ask us!\" panel, its snapshots and the visitors' requests.",
               "askus-server");
  std::string config_file;
  bool only_check = false;
  cli.set_version_flag("--version", "askus-server " ASKUS_VERSION);
  cli.add_option("--config", config_file, "configuration, JSON; docs/operations.md");
  cli.add_flag("--check-config", only_check, "say whether the configuration is right, then exit");

  askus::config::InitOptions init;
  CLI::App* command = cli.add_subcommand("init", "write a configuration with fresh secrets");
  command->add_option("--config", init.config_file, "file to write")->required();
  command->add_option("--data", init.data, "folder of everything that is kept")->required();
  command->add_option("--web", init.web, "folder of what browsers load")->required();
  command->add_option("--site-root", init.site_root, "folder of static pages to serve at /");
  command->add_option("--address", init.address, "address to listen on")->capture_default_str();
  command->add_option("--port", init.port, "port to listen on, 0: any")->capture_default_str();
  command->add_option("--site", init.site, "name of the site")->capture_default_str();
  command->add_option("--origin", init.origins, "origin whose pages show the panel (repeatable)");
  command->add_option("--public-key-file", init.public_key_file, "from askus-faq keygen")
      ->required();
  command
      ->add_option("--publisher-token-file", init.publisher_token_file,
                   "the publisher's key; made when it is missing")
      ->required();
  command->add_option("--signing-key-file", init.signing_key_file,
                      "the private half: the server then signs for the site's marketers");
  command->add_flag("--force", init.force, "replace an existing configuration");
  DataCommand backup, restore, check;
  backup.add(cli, "backup", "copy all that is kept, while the server runs", "--to");
  restore.add(cli, "restore", "put a backup where the configuration says", "--from");
  check.add(cli, "check", "say whether what is kept is whole", nullptr);
  InviteCommand invite;
  invite.add(cli);
  cli.require_subcommand(0, 1);
  CLI11_PARSE(cli, argc, argv);

  if (command->parsed()) {
    const Status status = askus::config::init(init);
    return status.ok() ? 0 : fail(status.error());
  }
  if (backup.command->parsed())
    return backup.run([&](const auto& c) { return askus::backup::make(c, backup.folder); });
  if (restore.command->parsed())
    return restore.run([&](const auto& c) { return askus::backup::restore(c, restore.folder); });
  if (check.command->parsed())
    return check.run([](const auto& c) { return askus::backup::check(c); });
  if (invite.command->parsed()) return invite.run();
  if (config_file.empty()) {
    std::cerr << "askus-server: --config FILE is missing; see --help\n";
    return 2;
  }
  return run(config_file, only_check);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run_program(argc, argv);
  } catch (const std::exception& error) {
    // Out of memory, or a stream that cannot be written to.
    std::fputs(error.what(), stderr);
    return 1;
  }
}
