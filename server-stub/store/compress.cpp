#include "server-stub/store/compress.h"

#include <brotli/encode.h>
#include <zlib.h>

namespace askus::store {
namespace {

constexpr int kBestQuality = BROTLI_MAX_QUALITY, kLargeQuality = 9, kQuickQuality = 5;
constexpr int kQuickLevel = 6;
constexpr int kGzipWindow = 15 + 16;  // zlib's way to ask for the gzip format
constexpr int kGzipMemory = 9;

std::shared_ptr<const std::string> if_worth_it(std::string compressed, std::size_t size) {
  if (compressed.empty() || compressed.size() > size - size / 10) return nullptr;
  return std::make_shared<const std::string>(std::move(compressed));
}

}  // namespace

std::string brotli(std::string_view bytes, Effort effort) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string out(size, '\0');
  const int best = bytes.size() < kBestQualityBytes ? kBestQuality : kLargeQuality;
  const int quality = effort == Effort::kQuick ? kQuickQuality : best;
  if (BrotliEncoderCompress(quality, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_GENERIC, bytes.size(),
                            reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                            reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_FALSE)
    return {};
  out.resize(size);
  return out;
}

std::string gzip(std::string_view bytes, Effort effort) {
  z_stream stream{};
  const int level = effort == Effort::kQuick ? kQuickLevel : Z_BEST_COMPRESSION;
  if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, kGzipMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK)
    return {};
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(done ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

Variants compress(std::string bytes, Effort effort) {
  Variants variants;
  variants.br = if_worth_it(brotli(bytes, effort), bytes.size());
  variants.gz = if_worth_it(gzip(bytes, effort), bytes.size());
  variants.identity = std::make_shared<const std::string>(std::move(bytes));
  return variants;
}

}  // namespace askus::store
