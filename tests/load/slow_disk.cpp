#include "tests/load/slow_disk.h"

#include <sqlite3.h>

#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace askus::testing {
namespace {

// The system's methods and ours, which differ in xSync alone.
struct Methods {
  sqlite3_io_methods slow;
  const sqlite3_io_methods* system;
};

struct Disk {
  sqlite3_vfs vfs;
  sqlite3_vfs* system;
  std::chrono::milliseconds delay;
  std::mutex mutex;
  // By the system's methods: a few constant tables. std::map keeps its elements where they are.
  std::map<const sqlite3_io_methods*, Methods> methods;
};

Disk& disk() {
  static Disk instance;
  return instance;
}

int sync_slowly(sqlite3_file* file, int flags) {
  std::this_thread::sleep_for(disk().delay);
  return reinterpret_cast<const Methods*>(file->pMethods)->system->xSync(file, flags);
}

// The system's VFS makes the file, ours only changes what a sync is.
int open_slow(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out) {
  Disk& slow = disk();
  const int result = slow.system->xOpen(slow.system, name, file, flags, out);
  if (result != SQLITE_OK || file->pMethods == nullptr) return result;
  const std::lock_guard lock(slow.mutex);
  Methods& methods = slow.methods[file->pMethods];
  methods.system = file->pMethods;
  methods.slow = *file->pMethods;
  methods.slow.xSync = sync_slowly;
  file->pMethods = &methods.slow;
  return result;
}

}  // namespace

void register_slow_disk(std::chrono::milliseconds delay) {
  Disk& slow = disk();
  slow.system = sqlite3_vfs_find(nullptr);
  slow.delay = delay;
  slow.vfs = *slow.system;
  slow.vfs.zName = kSlowDisk;
  slow.vfs.xOpen = open_slow;
  sqlite3_vfs_register(&slow.vfs, 0);
}

}  // namespace askus::testing
