# Shared by the campaigns: builds a test program with sanitizers and runs one of its cases.
# shellcheck shell=bash
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib.sh"

# campaign PROGRAM CASE: its output, and as the last line its own figures on one line.
campaign() {
  local log
  build asan-ubsan "$1"
  log=$(mktemp)
  "build/asan-ubsan/tests/faults/$1" "$2" | tee "$log"
  grep -v '^=\|^Filters:\|^All tests passed\|^$' "$log" | paste -sd '|' | sed 's/|/; /g'
  rm -f "$log"
}
