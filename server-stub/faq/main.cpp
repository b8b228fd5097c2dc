// askus-faq: checks a FAQ, compiles it into a snapshot, looks into snapshots, publishes them.
// docs/faq-format.md has the formats, docs/snapshot-format.md the files.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "server-stub/faq/commands.h"
#include "server-stub/faq/external_links.h"
#include "server-stub/propose/chat.h"
#include "server-stub/publish/publication.h"

namespace {

using namespace askus::faq;  // NOLINT(google-build-using-namespace): the commands

void add_sources(CLI::App& command, SourceOptions& to,
                 const char* what = "CSV, XLSX, JSON or JSON Lines") {
  command.add_option("FILE", to.files, what)->required();
  command.add_option("--site", to.site, "the site's settings, site.json");
  command.add_option("--lang", to.language, "language of records that name none");
  command
      .add_option("--lexicon", to.lexicons,
                  "concepts of the site's own, beside the built-in ones; may be given again")
      ->allow_extra_args(false);
}

void add_server(CLI::App& command, ServerOptions& to) {
  to.fresh_days = askus::publish::kDefaultFreshDays;
  command.add_option("--to", to.url, "the server, such as https://ask.example.com")->required();
  command.add_option("--token-file", to.token_file,
                     "file with the publisher's key (or ASKUS_PUBLISH_TOKEN, "
                     "ASKUS_PUBLISH_TOKEN_FILE)");
  command.add_option("--fresh-days", to.fresh_days, "days until panels ask again")
      ->check(CLI::Range(1, 3650))
      ->capture_default_str();
}

void add_version(CLI::App& command, const char* name, std::optional<std::uint64_t>& to,
                 const char* help) {
  command
      .add_option_function<std::uint64_t>(
          name, [&to](std::uint64_t version) { to = version; }, help)
      ->check(CLI::Range(std::uint64_t{1}, askus::publish::kMaxVersion));
}

// Every command's options live here while the program runs; `exit_code` is the command's answer.
struct Program {
  CLI::App app{"Ask us! - FAQ compiler", "askus-faq"};
  int exit_code = kUnusable;
  CheckOptions check;
  BuildOptions build;
  ConvertOptions convert;
  PagesOptions pages;
  SearchOptions search;
  EvalOptions eval;
  GapsOptions gaps;
  ProposeOptions propose;
  AcceptOptions accept;
  PublishOptions publish;
  RollbackOptions rollback;
  std::string file, topic, newer, site;

  Program();
  void add_local();
  void add_converting();
  void add_pages();
  void add_proposing();
  void add_looking();
  void add_publishing();
};

Program::Program() {
  app.require_subcommand(1);
  app.footer("Exit code: 0 done; 1 findings, or refused; 2 unusable, unreadable, unreachable.");
  add_local();
  add_converting();
  add_pages();
  add_proposing();
  add_looking();
  add_publishing();
}

void Program::add_proposing() {
  CLI::App* command =
      app.add_subcommand("propose", "have a language model propose phrasings, for you to tick");
  add_sources(*command, propose.sources);
  command->add_option("--url", propose.url, "of a chat endpoint, such as http://localhost:11434/v1")
      ->required();
  command->add_option("--model", propose.model, "as the endpoint calls it")->required();
  command->add_option("--key-file", propose.key_file, "its key (or ASKUS_MODEL_KEY)");
  command->add_option("--topic", propose.topics, "only this one; may be given again")
      ->allow_extra_args(false);
  command->add_option("--wanted", propose.wanted, "phrasings of one language of a topic")
      ->check(CLI::Range(std::size_t{1}, askus::propose::kMostProposals))
      ->capture_default_str();
  command->add_option("--most", propose.most, "ask at most so often")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command->add_option("-o", propose.out, "the table, .csv")->required();
  command->callback([this] { exit_code = run_propose(propose); });

  command = app.add_subcommand("accept", "put the ticked phrasings into the FAQ");
  add_sources(*command, accept.sources);
  command->add_option("--proposals", accept.proposals, "the table that propose wrote")->required();
  command->add_option("-o", accept.out, "the FAQ: .csv, .xlsx or .jsonl")->required();
  command->callback([this] { exit_code = run_accept(accept); });
}

void Program::add_local() {
  CLI::App* command = app.add_subcommand("check", "find what is wrong");
  add_sources(*command, check.sources);
  command->add_flag("--json", check.json, "findings as JSON");
  command->add_flag("--links", check.links, "ask for every https address, too: is it still there?");
  check.link_seconds = static_cast<unsigned>(kLinkDeadline.count());
  command->add_option("--link-seconds", check.link_seconds, "for one of them")
      ->check(CLI::Range(1, 600))
      ->capture_default_str();
  command->callback([this] { exit_code = run_check(check); });

  command = app.add_subcommand("build", "write <sha256>.faq, and manifest.json with --key");
  build.fresh_days = askus::publish::kDefaultFreshDays;
  add_sources(*command, build.sources);
  command->add_option("-o,--out", build.folder, "folder to write to")->required();
  command->add_option("--key", build.key, "signing key, PEM");
  add_version(*command, "--version", build.version, "of the manifest; default: the next");
  command->add_option("--issued-at", build.issued_at, "of the manifest; default: now");
  command->add_option("--fresh-days", build.fresh_days, "days until panels ask again")
      ->check(CLI::Range(1, 3650))
      ->capture_default_str();
  command->add_flag("--progress", build.progress, "tell each step");
  command->callback([this] { exit_code = run_build(build); });
}

void Program::add_converting() {
  const auto add = [this](CLI::App& command) {
    command.add_option("-o,--out", convert.out, "file to write: .csv, .xlsx or .jsonl")->required();
    command.add_option("--lang", convert.language, "language of records that name none");
  };
  CLI::App* command = app.add_subcommand("import", "topics out of another help centre's export");
  command->add_option("FILE", convert.files, "its JSON, or a saved page")->required();
  command->add_option("--from", convert.from, "what it is; default: by what is in it")
      ->check(CLI::IsMember({"zendesk", "intercom", "helpscout", "freshdesk", "page"}));
  add(*command);
  command->callback([this] { exit_code = run_import(convert); });

  command = app.add_subcommand("export", "a FAQ in another of its formats");
  command->add_option("FILE", convert.files, "sources, or one snapshot")->required();
  add(*command);
  command->callback([this] { exit_code = run_export(convert); });
}

void Program::add_pages() {
  CLI::App* command = app.add_subcommand("pages", "write pages for search engines");
  add_sources(*command, pages.sources, "CSV, XLSX, JSON or JSON Lines, or one snapshot");
  command->add_option("-o,--out", pages.folder, "folder to write to; an earlier export is updated")
      ->required();
  command
      ->add_option("--base", pages.base,
                   "where the pages will be, such as https://www.example.org/help/")
      ->required();
  command->add_option("--server", pages.server,
                      "the server whose widget is on the pages, such as https://ask.example.com");
  command
      ->add_option("--pictures", pages.picture_origins,
                   "an origin whose pictures are shown; may be given again")
      ->allow_extra_args(false);
  command->add_flag("--progress", pages.progress, "tell each step");
  command->callback([this] { exit_code = run_pages(pages); });
}

void Program::add_looking() {
  CLI::App* command = app.add_subcommand("show", "what a snapshot holds");
  command->add_option("SNAPSHOT", file)->required();
  command->add_option("--topic", topic, "one topic, whole");
  command->callback([this] { exit_code = run_show(file, topic); });

  command = app.add_subcommand("search", "search as a visitor does");
  command->add_option("SNAPSHOT", search.file)->required();
  command->add_option("QUERY", search.query)->required();
  command->add_option("--lang", search.language, "the visitor's language");
  command->add_option("--limit", search.limit)->capture_default_str();
  command->add_flag("--explain", search.explain, "what matched and what it scored");
  command->callback([this] { exit_code = run_search(search); });

  command = app.add_subcommand("eval", "how many of a file's questions find their topic");
  command->add_option("SNAPSHOT", eval.file)->required();
  command->add_option("QUESTIONS", eval.questions, "question, topic ids, language; tabs between")
      ->required();
  command->add_option("--lang", eval.language, "of questions that name none");
  command->add_option("--least-r5", eval.least_r5, "exit 1 when R@5 is lower")
      ->check(CLI::Range(0.0, 1.0));
  command->add_flag("--misses", eval.misses, "tell which are not found first");
  command->callback([this] { exit_code = run_eval(eval); });

  command = app.add_subcommand("gaps", "what visitors asked in vain, and what of it is answered");
  command->add_option("FAQ", file, "a source or a snapshot")->required();
  command->add_option("QUESTIONS", gaps.questions, "JSON Lines, or the server's answer in a file");
  command->add_option("--site", gaps.sources.site, "the source's settings, site.json");
  command->add_option("--lang", gaps.sources.language, "language of records that name none");
  command->add_option("--lexicon", gaps.sources.lexicons, "concepts of the site's own")
      ->allow_extra_args(false);
  command->add_option("--to", gaps.server.url, "ask this server instead of a file");
  command->add_option("--token-file", gaps.server.token_file, "file with the publisher's key");
  command->add_option("--site-id", gaps.site_id, "the site's name at the server");
  command->add_option("--from", gaps.from, "first day; default: 30 days back");
  command->add_option("--until", gaps.to, "last day; default: today");
  command->add_flag("--json", gaps.json, "the report as JSON");
  command->callback([this] {
    gaps.sources.files = {file};
    exit_code = run_gaps(gaps);
  });

  command = app.add_subcommand("diff", "topics added, gone and changed");
  command->add_option("OLD", file, "snapshot or source")->required();
  command->add_option("NEW", newer, "snapshot or source")->required();
  command->add_option("--site", site, "site.json of sources");
  command->callback([this] { exit_code = run_diff(file, newer, site); });
}

void Program::add_publishing() {
  CLI::App* command = app.add_subcommand("keygen", "make a signing key; prints the public key");
  command->add_option("-o,--out", file, "PEM file to make")->required();
  command->callback([this] { exit_code = run_keygen(file); });

  command = app.add_subcommand("public", "the public key of a signing key");
  command->add_option("KEY", file)->required();
  command->callback([this] { exit_code = run_public(file); });

  command = app.add_subcommand("publish", "check, build, sign and send a FAQ to a server");
  add_sources(*command, publish.sources,
              "CSV, XLSX, JSON or JSON Lines, or the one folder of a build");
  add_server(*command, publish.server);
  command->add_option("--key", publish.key,
                      "signing key, PEM; without it a folder's own manifest is sent");
  command->add_option("-o,--out", publish.folder, "keep what was published in this folder");
  command->add_flag("--accept-warnings", publish.accept_warnings);
  command->callback([this] { exit_code = run_publish(publish); });

  command = app.add_subcommand("rollback", "publish a snapshot that the server keeps");
  add_server(*command, rollback.server);
  command->add_option("--site-id", rollback.site, "the site's name")->required();
  command->add_option("--key", rollback.key, "signing key, PEM")->required();
  add_version(*command, "--to-version", rollback.version, "the version to return to");
  command->add_option("--sha256", rollback.sha256, "the snapshot to return to");
  command->callback([this] { exit_code = run_rollback(rollback); });
}

}  // namespace

int main(int argc, char** argv) try {
  Program program;
  try {
    program.app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.app.exit(error) == 0 ? kDone : kUnusable;
  }
  return program.exit_code;
} catch (const std::exception& error) {  // memory is out, or a bug
  std::fprintf(stderr, "askus-faq: %s\n", error.what());
  return kUnusable;
}
