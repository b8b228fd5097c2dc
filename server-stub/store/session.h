// One connection to a database, the same for both backends: SQL in, rows out. What a backend does
// differently is said by its Dialect; everything above works on Sessions alone.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shared/base/result.h"

namespace askus::store {

// What goes into a column of the type Dialect::bytes: any bytes, where a text is UTF-8 without NUL.
struct Blob {
  std::string bytes;
};

using Value = std::variant<std::int64_t, std::string, Blob>;

// One statement. Its parameters are $1, $2, ..., which must appear in this order in the text. The
// text must live until it has run; the session keeps it prepared, so it never holds data.
struct Query {
  std::string_view sql;
  std::vector<Value> params = {};
};

// A result's rows; every column as text, bytes as they are, NULL as the empty one.
using Rows = std::vector<std::vector<std::string>>;

// A column that is a whole number; 0 for anything else.
std::int64_t number_of(const std::string& column);

struct Dialect {
  std::string_view name;
  std::string_view begin;          // of a transaction that will write
  std::string_view begin_reading;  // of one that only reads, and sees one state throughout
  std::string_view for_update;     // behind a SELECT: holds the row until the end
  std::string_view integer;        // the type of 64-bit numbers
  std::string_view bytes;          // the type of Blobs
  std::string_view table_options;
  // Around a column with a time as we write it: its Unix seconds.
  std::string_view seconds, seconds_end;
};

// What the last failure means for who asked.
enum class Fault : std::uint8_t {
  kBusy,        // cannot be reached, locked, shut down: try again later
  kRetry,       // lost against another transaction: the same again will do
  kFull,        // no space left
  kConstraint,  // against a unique key or another rule of a table
  kUnknown,     // the COMMIT was given, its answer was not: stored or not
  kOther,
};

// Used by one thread at a time.
class Session {
 public:
  virtual ~Session() = default;

  // Runs the queries in order, in one round trip where there is a network, and stops at the first
  // that fails: then fault() says how. A lost connection is made again by the next run() that
  // begins a transaction or is outside of one.
  virtual Result<std::vector<Rows>> run(std::span<const Query> queries) = 0;
  Result<Rows> run(Query query);
  // Ends what an unfinished transaction left. Never fails: a connection that cannot is dropped.
  virtual void rollback() = 0;

  virtual Fault fault() const = 0;
  virtual const Dialect& dialect() const = 0;
};

inline constexpr std::string_view kCommit = "COMMIT";

// Several statements of one transaction; rolled back when one fails.
Status run_transaction(Session& session, std::vector<Query> queries);

}  // namespace askus::store
