#include "server-stub/faq/zip.h"

#include <minizip/unzip.h>
#include <minizip/zip.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace askus::faq {
namespace {

// A file of minizip's in memory. Reading leaves `bytes` as they are.
struct Memory {
  std::string bytes;
  std::size_t at = 0;
};

Memory& memory_of(voidpf stream) {
  return *static_cast<Memory*>(stream);
}

voidpf open_memory(voidpf memory, const void*, int) {
  return memory;
}

uLong read_memory(voidpf, voidpf stream, void* to, uLong size) {
  Memory& from = memory_of(stream);
  const std::size_t count = std::min<std::size_t>(size, from.bytes.size() - from.at);
  std::memcpy(to, from.bytes.data() + from.at, count);
  from.at += count;
  return static_cast<uLong>(count);
}

uLong write_memory(voidpf, voidpf stream, const void* from, uLong size) {
  Memory& to = memory_of(stream);
  if (to.bytes.size() < to.at + size) to.bytes.resize(to.at + size);
  std::memcpy(to.bytes.data() + to.at, from, size);
  to.at += size;
  return size;
}

ZPOS64_T tell_memory(voidpf, voidpf stream) {
  return memory_of(stream).at;
}

long seek_memory(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
  Memory& memory = memory_of(stream);
  std::size_t from = 0;
  if (origin == ZLIB_FILEFUNC_SEEK_CUR) from = memory.at;
  if (origin == ZLIB_FILEFUNC_SEEK_END) from = memory.bytes.size();
  if (offset > memory.bytes.size() - from) return -1;
  memory.at = from + static_cast<std::size_t>(offset);
  return 0;
}

int no_error(voidpf, voidpf) {
  return 0;
}

zlib_filefunc64_def functions_of(Memory& memory) {
  zlib_filefunc64_def functions{};
  functions.zopen64_file = open_memory;
  functions.zread_file = read_memory;
  functions.zwrite_file = write_memory;
  functions.ztell64_file = tell_memory;
  functions.zseek64_file = seek_memory;
  functions.zclose_file = no_error;
  functions.zerror_file = no_error;
  functions.opaque = &memory;
  return functions;
}

Error damaged() {
  return {Code::kMalformed,
          "the workbook is damaged or has a password; save it again as \"Excel workbook (.xlsx)\""};
}

Error too_large() {
  return {Code::kTooLarge, "the workbook holds more than " + std::to_string(kMaxPartBytes >> 20) +
                               " MB of text unpacked; split it"};
}

// The file that `from` stands at, appended to `to`; `room` goes down by its size.
Status unpack(unzFile from, std::string& to, std::size_t& room) {
  if (unzOpenCurrentFile(from) != UNZ_OK) return damaged();
  std::array<char, 65'536> block{};
  for (;;) {
    const int size = unzReadCurrentFile(from, block.data(), block.size());
    if (size < 0) return damaged();
    if (size == 0) break;
    const auto count = static_cast<std::size_t>(size);
    if (count > room) return too_large();
    room -= count;
    to.append(block.data(), count);
  }
  return unzCloseCurrentFile(from) == UNZ_OK ? Status() : damaged();  // the checksum
}

}  // namespace

bool is_zip(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04");
}

Result<std::vector<Part>> unzip(std::string_view bytes) {
  Memory memory{std::string(bytes)};
  zlib_filefunc64_def functions = functions_of(memory);
  const std::unique_ptr<void, int (*)(unzFile)> file(unzOpen2_64("", &functions), unzClose);
  unz_global_info64 info{};
  if (!file || unzGetGlobalInfo64(file.get(), &info) != UNZ_OK) return damaged();
  if (info.number_entry > kMaxParts)
    return Error{Code::kTooLarge, "the workbook's zip has more than " + std::to_string(kMaxParts) +
                                      " files; save it again with your spreadsheet"};
  std::vector<Part> parts;
  std::size_t room = kMaxPartBytes;
  int next = unzGoToFirstFile(file.get());
  for (; next == UNZ_OK; next = unzGoToNextFile(file.get())) {
    std::array<char, 512> name{};
    if (unzGetCurrentFileInfo64(file.get(), nullptr, name.data(), name.size() - 1, nullptr, 0,
                                nullptr, 0) != UNZ_OK)
      return damaged();
    if (!wanted_part(name.data())) continue;
    parts.push_back({name.data(), {}});
    if (auto unpacked = unpack(file.get(), parts.back().bytes, room); !unpacked)
      return unpacked.error();
  }
  if (next != UNZ_END_OF_LIST_OF_FILE) return damaged();
  return parts;
}

Result<std::string> zip(const std::vector<Part>& parts) {
  const Error refused{Code::kInternal, "the workbook could not be packed"};
  Memory memory;
  zlib_filefunc64_def functions = functions_of(memory);
  const zipFile file = zipOpen2_64("", APPEND_STATUS_CREATE, nullptr, &functions);
  if (file == nullptr) return refused;
  bool good = true;
  for (const Part& part : parts) {
    zip_fileinfo info{};
    info.dosDate = (1U << 21) | (1U << 16);  // 1980-01-01, the first there is: no clock here
    good = good &&
           zipOpenNewFileInZip(file, part.name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr,
                               Z_DEFLATED, Z_DEFAULT_COMPRESSION) == ZIP_OK &&
           zipWriteInFileInZip(file, part.bytes.data(), static_cast<unsigned>(part.bytes.size())) ==
               ZIP_OK &&
           zipCloseFileInZip(file) == ZIP_OK;
  }
  good = zipClose(file, nullptr) == ZIP_OK && good;
  if (!good) return refused;
  return std::move(memory.bytes);
}

}  // namespace askus::faq
