# Shared by the scripts: where things are and how they speak. Sourced, not run.
# shellcheck shell=bash
set -euo pipefail
started_in=$PWD
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export NODE_PATH=/usr/share/nodejs  # Emscripten's optimiser finds its acorn there
if command -v ccache >/dev/null 2>&1; then
  export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
  # Another checkout of the same sources finds what this one has compiled.
  export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
fi

say() { printf '\n==> %s\n' "$*"; }
die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# from_start PATH: a path as the caller meant it, before this file changed the folder.
# shellcheck disable=SC2317
from_start() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$started_in" "$1" ;; esac; }

# build PRESET [TARGET...]: configures and builds one tree.
build() {
  local preset=$1
  shift
  cmake --preset "$preset" >"build/$preset.configure.log" 2>&1 || {
    cat "build/$preset.configure.log" >&2
    die "configuring $preset failed"
  }
  local targets=()
  for target in "$@"; do targets+=(--target "$target"); done
  cmake --build --preset "$preset" "${targets[@]}"
}
mkdir -p build
