// The bare module: exports and imports exactly as docs/panel-protocol.md names them. Only this file
// knows the browser.
#include <cstdint>
#include <cstring>
#include <new>
#include <utility>

#include "shared/snapshot/limits.h"
#include "widget/flow/flow.h"

namespace {

using askus::flow::Bytes;
using askus::flow::Flow;

#define ASKUS_HOST(name) __attribute__((import_module("host"), import_name(name)))
extern "C" ASKUS_HOST("now") double host_now();
extern "C" ASKUS_HOST("random") void host_random(std::uint8_t* bytes, std::size_t size);

struct Output {
  const void* nodes;
  std::uint32_t node_count;
  const void* strings;
  std::uint32_t strings_size;
  const void* effects;
  std::uint32_t effects_size;
  std::uint32_t revision;
  std::uint32_t reserved;
};
static_assert(sizeof(Output) == 32);

// A page has one panel. Never destroyed: the module goes with its page.
struct Panel {
  Flow flow{{host_now, host_random}};
  Bytes input;
  Output output{};
};

Panel& panel() {
  alignas(Panel) static std::uint8_t memory[sizeof(Panel)];
  static Panel* const the_panel = new (memory) Panel;
  return *the_panel;
}

const Output* output() {
  const Flow& flow = panel().flow;
  const auto nodes = flow.view().nodes();
  const auto strings = flow.view().strings();
  const auto effects = flow.effects();
  panel().output = {nodes.data(),    static_cast<std::uint32_t>(nodes.size()),
                    strings.data(),  static_cast<std::uint32_t>(strings.size()),
                    effects.data(),  static_cast<std::uint32_t>(effects.size()),
                    flow.revision(), 0};
  return &panel().output;
}

// What a snapshot and its index take together, against the snapshot. Memory that grows once costs
// less than memory that grows many times.
constexpr std::uint32_t kIndexRoom = 4;
void reserve(std::uint32_t size) {
  constexpr std::uint32_t kPage = 65'536;
  const auto pages = static_cast<std::uint32_t>(__builtin_wasm_memory_size(0));
  if (pages * kPage < size) __builtin_wasm_memory_grow(0, size / kPage - pages);
}

}  // namespace

extern "C" {

std::uint8_t* askus_buffer(std::uint32_t size) {
  Bytes& input = panel().input;
  if (size > askus::snapshot::kMaxSnapshotBytes) return nullptr;
  if (size > input.size || !input.data) {
    input.size = 0;
    input.data.reset(static_cast<std::uint8_t*>(std::malloc(size > 0 ? size : 1)));
    if (input.data) input.size = size;
  }
  return input.data.get();
}

const Output* askus_event(std::uint32_t kind, std::uint32_t key, std::uint32_t size) {
  const Bytes& input = panel().input;
  if (size > input.size) size = 0;  // the page never wrote there
  panel().flow.event(kind, key, {reinterpret_cast<const char*>(input.data.get()), size});
  return output();
}

// The topics that the buffer's text finds, best first, at most `limit`: their numbers are written
// to the start of the buffer, which must have room for them. Returns how many. Shows nothing.
std::uint32_t askus_search(std::uint32_t size, std::uint32_t limit) {
  Bytes& input = panel().input;
  if (size > input.size) return 0;
  const auto hits =
      panel().flow.search({reinterpret_cast<const char*>(input.data.get()), size}, limit);
  std::uint32_t count = 0;
  for (const auto& hit : hits) {
    if ((count + 1) * sizeof hit.topic > input.size) break;
    std::memcpy(input.data.get() + count++ * sizeof hit.topic, &hit.topic, sizeof hit.topic);
  }
  return count;
}

const Output* askus_snapshot(std::uint32_t size) {
  Bytes bytes = std::exchange(panel().input, {});
  if (size > bytes.size) size = 0;
  bytes.size = size;
  reserve(kIndexRoom * size);
  panel().flow.snapshot(std::move(bytes));
  return output();
}
}
