#include "server-stub/backup/copy.h"

#include <algorithm>
#include <string>
#include <vector>

#include "server-stub/store/schema.h"

namespace askus::backup {
namespace {

using store::Query;
using store::Rows;
using store::Session;
using store::Table;
using store::Value;

// Rows that are in memory at once: with the longest details of all 8 MB, of pieces of pictures 16.
constexpr std::size_t kRowsAtOnce = 250;

std::string joined(const std::vector<std::string_view>& names, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text.append(i == 0 ? "" : ", ").append(names[i]);
  return text;
}

std::string placeholders(std::size_t count) {
  std::string text;
  for (std::size_t i = 1; i <= count; ++i)
    text.append(i == 1 ? "$" : ", $").append(std::to_string(i));
  return text;
}

struct Statements {
  explicit Statements(const Table& table) {
    const std::string columns = joined(table.columns, table.columns.size());
    const std::string key = joined(table.columns, table.key_columns);
    const std::string select = "SELECT " + columns + " FROM " + std::string(table.name);
    const std::string order = " ORDER BY " + key + " LIMIT " + std::to_string(kRowsAtOnce);
    first = select + order;
    next = select;
    next.append(" WHERE (").append(key).append(") > (").append(placeholders(table.key_columns));
    next.append(")").append(order);
    insert = "INSERT INTO " + std::string(table.name) + " (" + columns + ") VALUES (" +
             placeholders(table.columns.size()) + ")";
    any = "SELECT 1 FROM " + std::string(table.name) + " LIMIT 1";
  }
  std::string first, next, insert, any;
};

std::vector<Value> values_of(const Table& table, const std::vector<std::string>& row,
                             std::size_t count) {
  std::vector<Value> values;
  const auto in = [](const std::vector<std::string_view>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (std::size_t i = 0; i < count; ++i) {
    if (in(table.numbers, table.columns[i]))
      values.emplace_back(store::number_of(row[i]));
    else if (in(table.blobs, table.columns[i]))
      values.emplace_back(store::Blob{row[i]});
    else
      values.emplace_back(row[i]);
  }
  return values;
}

Result<std::int64_t> copy_table(Session& from, Session& to, const Table& table) {
  const Statements sql(table);
  const Result<Rows> present = to.run(Query{sql.any});
  if (!present.ok()) return present.error();
  if (!present->empty())
    return Error{Code::kConflict,
                 "the database to write to holds rows already (" + std::string(table.name) + ")"};
  std::int64_t copied = 0;
  Result<Rows> rows = from.run(Query{sql.first});
  for (;;) {
    if (!rows.ok()) return rows.error();
    if (rows->empty()) return copied;
    std::vector<Query> inserts;
    for (const auto& row : *rows)
      inserts.push_back({sql.insert, values_of(table, row, table.columns.size())});
    if (const auto done = to.run(inserts); !done.ok()) return done.error();
    copied += static_cast<std::int64_t>(rows->size());
    rows = from.run(Query{sql.next, values_of(table, rows->back(), table.key_columns)});
  }
}

Result<std::int64_t> copy_all(Session& from, Session& to) {
  if (const auto begun = from.run(Query{from.dialect().begin_reading}); !begun.ok())
    return begun.error();
  if (const auto begun = to.run(Query{to.dialect().begin}); !begun.ok()) return begun.error();
  std::int64_t requests = 0;
  for (const Table& table : store::tables()) {
    Result<std::int64_t> copied = copy_table(from, to, table);
    if (!copied.ok()) return copied;
    if (table.name == "requests") requests = *copied;
  }
  if (const auto committed = to.run(Query{store::kCommit}); !committed.ok())
    return committed.error();
  return requests;
}

}  // namespace

Result<std::int64_t> copy_rows(Session& from, Session& to) {
  Result<std::int64_t> copied = copy_all(from, to);
  from.rollback();
  if (!copied.ok()) to.rollback();
  return copied;
}

}  // namespace askus::backup
