// The commands of askus-faq. Each prints to standard output what was asked for and to standard
// error what went wrong, and returns the exit code: 0 done; 1 findings, or somebody refused;
// 2 unreadable, unreachable or unusable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server-stub/faq/inputs.h"
#include "server-stub/publish/client.h"

namespace askus::faq {

struct CheckOptions {
  SourceOptions sources;
  bool json = false;
  bool links = false;         // whether addresses of other sites are asked for
  unsigned link_seconds = 0;  // for each of them
};
int run_check(const CheckOptions& options);

// Other help centres' exports, and any source, as a source of ours; the findings go to standard
// error. Import writes what it could read; export writes nothing when there is an error.
struct ConvertOptions {
  std::vector<std::string> files;  // of export also one snapshot
  std::string out;                 // .csv, .xlsx or .jsonl
  std::string from;                // import: an origin's name; empty: by what is in the file
  std::string language;            // of records that name none
};
int run_import(const ConvertOptions& options);
int run_export(const ConvertOptions& options);

struct BuildOptions {
  SourceOptions sources;
  std::string folder, key;
  std::optional<std::uint64_t> version;  // else the one after the folder's manifest, or 1
  std::string issued_at;                 // else now
  std::uint32_t fresh_days = 0;
  bool progress = false;
};
int run_build(const BuildOptions& options);

// The FAQ as pages for search engines (docs/help-pages.md), in a folder that an earlier export may
// be in. 1 when nothing was written.
struct PagesOptions {
  SourceOptions sources;  // or one snapshot
  std::string folder;
  std::string base, server;  // as shared/pages/options.h has them
  std::vector<std::string> picture_origins;
  bool progress = false;
};
int run_pages(const PagesOptions& options);

int run_show(const std::string& file, const std::string& topic);

struct SearchOptions {
  std::string file, query, language;
  std::uint32_t limit = 5;
  bool explain = false;
};
int run_search(const SearchOptions& options);

// Asks a snapshot the questions of a file and says how many it answers. 1 when there are fewer
// found among the first five than `least_r5` (0 to 1).
struct EvalOptions {
  std::string file, questions, language;
  double least_r5 = 0;
  bool misses = false;
};
int run_eval(const EvalOptions& options);

int run_diff(const std::string& older, const std::string& newer, const std::string& site);

int run_keygen(const std::string& file);
int run_public(const std::string& file);

struct ServerOptions {
  std::string url, token_file;  // no file: ASKUS_PUBLISH_TOKEN or ASKUS_PUBLISH_TOKEN_FILE
  std::uint32_t fresh_days = 0;
};
// The server with the publisher's key, from the file or the environment.
Result<publish::Server> server_of(const ServerOptions& options);

// What visitors asked in vain, out of a file or from a server, and which of it a FAQ (a source or a
// snapshot) would answer.
struct GapsOptions {
  SourceOptions sources;
  std::string questions;  // a file: JSON Lines, or what the server answers; empty: from the server
  ServerOptions server;
  std::string site_id, from, to;  // of the server; no days: the last 30
  bool json = false;
};
int run_gaps(const GapsOptions& options);

// Asks a language model for phrasings, a language of a topic at a time, and writes them as a table
// for a person to tick. Those with the fewest phrasings come first.
struct ProposeOptions {
  SourceOptions sources;
  std::string url, model, key_file;  // no file: ASKUS_MODEL_KEY, or no key
  std::vector<std::string> topics;   // ids; empty: all
  std::string out;                   // .csv
  std::uint32_t wanted = 5;          // phrasings of one language of a topic
  std::uint32_t most = 50;           // exchanges, each of which may cost money
};
int run_propose(const ProposeOptions& options);

// Puts what a person has ticked in such a table into the source.
struct AcceptOptions {
  SourceOptions sources;
  std::string proposals, out;
};
int run_accept(const AcceptOptions& options);

struct PublishOptions {
  ServerOptions server;
  SourceOptions sources;  // or the one folder that build wrote
  std::string key;        // sign now, with the server's next version
  std::string folder;     // where to keep what was published; empty: nowhere
  bool accept_warnings = false;
};
int run_publish(const PublishOptions& options);

struct RollbackOptions {
  ServerOptions server;
  std::string site, key, sha256;
  std::optional<std::uint64_t> version;
};
int run_rollback(const RollbackOptions& options);

}  // namespace askus::faq
