// Any bytes as a manifest, and as a publication: refused with a reason, or read and written back
// the same.
#include <cstdint>
#include <string_view>

#include "server-stub/publish/manifest_json.h"
#include "server-stub/publish/publication.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace askus::publish;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto parts = split_publication(bytes); parts.ok()) {
    if (parts->manifest.size() > kMaxManifestBytes ||
        parts->manifest.size() + 1 + parts->snapshot.size() != size)
      __builtin_trap();
  }
  const auto manifest = manifest_from_json(bytes);
  if (!manifest.ok()) {
    if (manifest.error().text.empty()) __builtin_trap();
    return 0;
  }
  const std::string json = manifest_to_json(*manifest);
  const auto again = manifest_from_json(json);
  if (!again.ok() || manifest_to_json(*again) != json) __builtin_trap();
  // Whatever it says it is, a key that did not sign it does not verify it.
  if (verify({std::string(43, 'A'), std::string(43, 'A')}, json, manifest->signature))
    __builtin_trap();
  return 0;
}
