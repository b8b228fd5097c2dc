// What the C library of a bare module would ask of its surroundings: this one asks for nothing that
// docs/panel-protocol.md does not name. The names are the library's.
#include <cstddef>
#include <cstdint>

extern "C" {

// Where abort() ends: out of memory, or our own bug. The page sees a WebAssembly.RuntimeError.
[[noreturn]] void __wasi_proc_exit(std::uint32_t) {
  __builtin_trap();
}

// The page makes its views of memory anew after every call.
void emscripten_notify_memory_growth(std::size_t) {}
}
