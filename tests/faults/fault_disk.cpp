#include "tests/faults/fault_disk.h"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

namespace askus::testing {

// A write at a place, a truncation (no bytes), or a deletion.
struct FaultDisk::Op {
  enum class What { kWrite, kTruncate, kDelete } what;
  std::int64_t at = 0;
  std::string bytes = {};
};

struct FaultDisk::State {
  std::optional<std::string> durable;  // nothing: the file would not be there
  std::vector<Op> pending;
};

// SQLite allocates it with room for the system's own behind it.
struct FaultDisk::File {
  sqlite3_file base;
  FaultDisk* disk;
  std::string* path;  // null for what has no name
  bool syncs_folder;  // with its first sync, as the system's VFS does for logs it may have made
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

namespace {

using File = FaultDisk::File;
using Kind = FaultDisk::Kind;
constexpr std::size_t kSector = 512;

File& of(sqlite3_file* file) {
  return *reinterpret_cast<File*>(file);
}

sqlite3_vfs& system_vfs() {
  return *sqlite3_vfs_find(nullptr);
}

int close_file(sqlite3_file* file) {
  File& f = of(file);
  delete f.path;
  return f.real()->pMethods->xClose(f.real());
}

int read_file(sqlite3_file* file, void* into, int size, sqlite3_int64 at) {
  return of(file).real()->pMethods->xRead(of(file).real(), into, size, at);
}

int write_file(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  File& f = of(file);
  if (f.path == nullptr) return f.real()->pMethods->xWrite(f.real(), from, size, at);
  const int refused = f.disk->before(Kind::kWrite, true);
  // What is under way when the power goes may be there in part; nothing after it.
  if (refused == SQLITE_OK || f.disk->crashing())
    f.disk->written(*f.path, at, from, static_cast<std::size_t>(size));
  return refused != SQLITE_OK ? refused : f.real()->pMethods->xWrite(f.real(), from, size, at);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  File& f = of(file);
  if (const int refused = f.disk->before(Kind::kWrite, true); refused != SQLITE_OK) return refused;
  if (f.path != nullptr) f.disk->truncated(*f.path, size);
  return f.real()->pMethods->xTruncate(f.real(), size);
}

int sync_file(sqlite3_file* file, int) {
  File& f = of(file);
  if (const int refused = f.disk->before(Kind::kSync, true); refused != SQLITE_OK) return refused;
  if (f.path != nullptr) f.disk->synced(*f.path);
  if (f.syncs_folder) f.disk->folder_synced();
  f.syncs_folder = false;
  return SQLITE_OK;  // the test's own disk need not spin
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return of(file).real()->pMethods->xFileSize(of(file).real(), size);
}
int lock_file(sqlite3_file* file, int level) {
  return of(file).real()->pMethods->xLock(of(file).real(), level);
}
int unlock_file(sqlite3_file* file, int level) {
  return of(file).real()->pMethods->xUnlock(of(file).real(), level);
}
int check_lock(sqlite3_file* file, int* held) {
  return of(file).real()->pMethods->xCheckReservedLock(of(file).real(), held);
}
int control_file(sqlite3_file* file, int what, void* data) {
  return of(file).real()->pMethods->xFileControl(of(file).real(), what, data);
}
int sector_size(sqlite3_file* file) {
  return of(file).real()->pMethods->xSectorSize(of(file).real());
}
int characteristics(sqlite3_file* file) {
  return of(file).real()->pMethods->xDeviceCharacteristics(of(file).real());
}
int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** into) {
  return of(file).real()->pMethods->xShmMap(of(file).real(), page, size, extend, into);
}
int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  return of(file).real()->pMethods->xShmLock(of(file).real(), offset, count, flags);
}
void barrier(sqlite3_file* file) {
  of(file).real()->pMethods->xShmBarrier(of(file).real());
}
int unmap_shared(sqlite3_file* file, int remove) {
  return of(file).real()->pMethods->xShmUnmap(of(file).real(), remove);
}

constexpr sqlite3_io_methods kMethods{2,
                                      close_file,
                                      read_file,
                                      write_file,
                                      truncate_file,
                                      sync_file,
                                      file_size,
                                      lock_file,
                                      unlock_file,
                                      check_lock,
                                      control_file,
                                      sector_size,
                                      characteristics,
                                      map_shared,
                                      lock_shared,
                                      barrier,
                                      unmap_shared,
                                      nullptr,
                                      nullptr};

int open_file(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags, int* out) {
  File& f = of(file);
  f.base.pMethods = nullptr;  // SQLite closes only what has methods
  f.disk = static_cast<FaultDisk*>(vfs->pAppData);
  f.path = nullptr;
  constexpr int kLogs = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
  f.syncs_folder = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & kLogs) != 0;
  if (f.disk->before(Kind::kOpen, false) != SQLITE_OK) return SQLITE_CANTOPEN;
  if (name != nullptr) f.disk->opened(name);
  std::memset(f.real(), 0, static_cast<std::size_t>(system_vfs().szOsFile));
  const int result = system_vfs().xOpen(&system_vfs(), name, f.real(), flags, out);
  if (result != SQLITE_OK) return result;
  if (name != nullptr) f.path = new std::string(name);
  f.base.pMethods = &kMethods;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  auto& disk = *static_cast<FaultDisk*>(vfs->pAppData);
  if (disk.before(Kind::kWrite, true) != SQLITE_OK) return SQLITE_IOERR_DELETE;
  disk.deleted(name, sync_folder != 0);
  return system_vfs().xDelete(&system_vfs(), name, 0);
}

std::optional<std::string> contents(const std::string& path) {
  if (!std::filesystem::exists(path)) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

void put(std::string& file, std::int64_t at, std::string_view bytes) {
  const auto begin = static_cast<std::size_t>(at);
  if (file.size() < begin + bytes.size()) file.resize(begin + bytes.size(), '\0');
  file.replace(begin, bytes.size(), bytes);
}

// A write as a power cut may leave it: not at all, whole, or some of its sectors.
void put_some(std::string& file, std::int64_t at, const std::string& bytes, std::mt19937& random) {
  const auto fate = random() % 3;
  if (fate == 0) return;
  for (std::size_t i = 0; i < bytes.size(); i += kSector)
    if (fate == 1 || random() % 2 == 0)
      put(file, at + static_cast<std::int64_t>(i), std::string_view(bytes).substr(i, kSector));
}

}  // namespace

FaultDisk::FaultDisk() : vfs_(std::make_unique<sqlite3_vfs>(system_vfs())) {
  static std::atomic<int> count{0};
  name_ = "faults" + std::to_string(++count);
  vfs_->zName = name_.c_str();
  vfs_->pAppData = this;
  vfs_->szOsFile = static_cast<int>(sizeof(File)) + system_vfs().szOsFile;
  vfs_->xOpen = open_file;
  vfs_->xDelete = delete_file;
  sqlite3_vfs_register(vfs_.get(), 0);
}

FaultDisk::~FaultDisk() {
  sqlite3_vfs_unregister(vfs_.get());
}

void FaultDisk::fail(Kind kind, int n) {
  const std::lock_guard lock(mutex_);
  fail_kind_ = kind;
  fail_in_ = n;
  failed_ = false;
}

bool FaultDisk::failed() const {
  const std::lock_guard lock(mutex_);
  return failed_;
}

void FaultDisk::set_full(bool full) {
  const std::lock_guard lock(mutex_);
  full_ = full;
}

void FaultDisk::crash_after(int n) {
  const std::lock_guard lock(mutex_);
  crash_in_ = n;
}

void FaultDisk::ignore_syncs() {
  const std::lock_guard lock(mutex_);
  ignores_syncs_ = true;
}

bool FaultDisk::crashed() const {
  const std::lock_guard lock(mutex_);
  return crashed_;
}

bool FaultDisk::crashing() const {
  const std::lock_guard lock(mutex_);
  return crashing_;
}

int FaultDisk::before(Kind kind, bool changes) {
  const std::lock_guard lock(mutex_);
  const int broken = kind == Kind::kWrite  ? SQLITE_IOERR_WRITE
                     : kind == Kind::kSync ? SQLITE_IOERR_FSYNC
                                           : SQLITE_CANTOPEN;
  crashing_ = changes && crash_in_ > 0 && --crash_in_ == 0;
  crashed_ = crashed_ || crashing_;
  if (crashed_) return broken;
  if (full_ && kind == Kind::kWrite) return SQLITE_FULL;
  if (kind == fail_kind_ && fail_in_ > 0 && --fail_in_ == 0) {
    failed_ = true;
    return broken;
  }
  return SQLITE_OK;
}

void FaultDisk::opened(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (files_.count(path) == 0) files_[path].durable = contents(path);
}

void FaultDisk::written(const std::string& path, std::int64_t at, const void* bytes,
                        std::size_t size) {
  const std::lock_guard lock(mutex_);
  files_[path].pending.push_back(
      {Op::What::kWrite, at, std::string(static_cast<const char*>(bytes), size)});
}

void FaultDisk::truncated(const std::string& path, std::int64_t size) {
  const std::lock_guard lock(mutex_);
  files_[path].pending.push_back({Op::What::kTruncate, size});
}

void FaultDisk::deleted(const std::string& path, bool durably) {
  const std::lock_guard lock(mutex_);
  State& state = files_[path];
  if (durably)
    state = State{};
  else
    state.pending.push_back({Op::What::kDelete});
}

void FaultDisk::synced(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (ignores_syncs_) return;
  State& state = files_[path];
  std::string now = state.durable.value_or("");
  for (const Op& op : state.pending) {
    if (op.what == Op::What::kWrite)
      put(now, op.at, op.bytes);
    else
      now.resize(op.what == Op::What::kTruncate ? static_cast<std::size_t>(op.at) : 0, '\0');
  }
  state.durable = std::move(now);
  state.pending.clear();
}

// All files lie in one folder: what was deleted stays so.
void FaultDisk::folder_synced() {
  const std::lock_guard lock(mutex_);
  for (auto& [path, state] : files_) {
    auto& ops = state.pending;
    const auto deletion = std::find_if(ops.rbegin(), ops.rend(),
                                       [](const Op& op) { return op.what == Op::What::kDelete; });
    if (deletion == ops.rend()) continue;
    state.durable.reset();
    ops.erase(ops.begin(), deletion.base());
  }
}

void FaultDisk::restart(std::mt19937& random) {
  const std::lock_guard lock(mutex_);
  for (auto& [path, state] : files_) {
    std::optional<std::string> left = state.durable;
    for (const Op& op : state.pending) {
      if (op.what == Op::What::kWrite) {
        std::string file = left.value_or("");
        put_some(file, op.at, op.bytes, random);
        if (left || !file.empty()) left = std::move(file);
      } else if (random() % 2 == 0) {
        if (op.what == Op::What::kDelete)
          left.reset();
        else if (left)
          left->resize(static_cast<std::size_t>(op.at), '\0');
      }
    }
    if (left)
      std::ofstream(path, std::ios::binary | std::ios::trunc) << *left;
    else
      std::filesystem::remove(path);
    std::filesystem::remove(path + "-shm");
  }
  files_.clear();
  crashed_ = false;
  crash_in_ = 0;
}

}  // namespace askus::testing
