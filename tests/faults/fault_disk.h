// A disk that loses, refuses or fills: an SQLite VFS over the system's, for tests.
//
// What SQLite writes goes to the real files at once, as another process would see it. Beside them
// the disk keeps what would survive a power cut: a file's bytes as of its last sync, and the writes
// since then, each of which may or may not have reached the platter, whole or in single sectors.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

struct sqlite3_vfs;

namespace askus::testing {

class FaultDisk {
 public:
  enum class Kind { kWrite, kSync, kOpen };

  FaultDisk();
  ~FaultDisk();
  FaultDisk(const FaultDisk&) = delete;
  FaultDisk& operator=(const FaultDisk&) = delete;

  const std::string& name() const { return name_; }  // of the VFS

  // The `n`-th operation of the kind from now on fails, once. 0: none.
  void fail(Kind kind, int n);
  // Whether it has come to that.
  bool failed() const;
  // Every write is refused as on a full disk.
  void set_full(bool full);
  // Syncs are told to have happened, and have not: what a store cannot survive.
  void ignore_syncs();
  // After `n` more writes, syncs and deletions the power goes: that one and everything after it
  // fails. 0: never.
  void crash_after(int n);
  bool crashed() const;
  // After the store is closed: makes the files what the power cut left, and the disk work again.
  void restart(std::mt19937& random);

  // For the VFS. The answers are SQLite's result codes.
  struct File;
  int before(Kind kind, bool changes);
  bool crashing() const;  // whether the power went in the last operation
  void written(const std::string& path, std::int64_t at, const void* bytes, std::size_t size);
  void truncated(const std::string& path, std::int64_t size);
  void synced(const std::string& path);
  void folder_synced();
  void opened(const std::string& path);
  void deleted(const std::string& path, bool durably);

 private:
  struct Op;
  struct State;

  mutable std::mutex mutex_;
  std::string name_;
  std::unique_ptr<sqlite3_vfs> vfs_;
  std::map<std::string, State> files_;
  Kind fail_kind_ = Kind::kWrite;
  int fail_in_ = 0, crash_in_ = 0;
  bool failed_ = false, crashed_ = false, crashing_ = false, full_ = false, ignores_syncs_ = false;
};

}  // namespace askus::testing
