# Shared by the campaigns: builds a test program with sanitizers and runs one of its cases.
# shellcheck shell=bash
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib.sh"

# run_case PROGRAM CASE FILE: its output; what it found, one line a finding, into FILE once it passed.
run_case() {
  local log
  log=$(mktemp)
  "build/asan-ubsan/tests/faults/$1" "$2" | tee "$log"
  grep -v '^=\|^Filters:\|^All tests passed\|^$' "$log" >"$log.found"
  mv "$log.found" "$3"
  rm -f "$log"
}

# campaign PROGRAM CASE VARIABLE TOTAL PART: runs a case TOTAL times (its VARIABLE) in parts of PART,
# each with seeds of its own. A part that has finished at this commit is not run again, so that a
# campaign that was interrupted goes on where it was. The last line has the figures of all parts:
# sums, but of what follows "slowest" the largest.
campaign() {
  local program=$1 case=$2 variable=$3 total=$4 part=$5 first
  local parts
  parts=${ASKUS_SOAK_STATE:-build/soak/$(git rev-parse --short HEAD)}/$(basename "$0").parts-$total-$part
  mkdir -p "$parts"
  build asan-ubsan "$program"
  for ((first = 1; first <= total; first += part)); do
    if [ -e "$parts/$first" ]; then
      say "from $first: done at this commit already"
      continue
    fi
    say "from $first of $total"
    export "$variable=$((first + part <= total + 1 ? part : total + 1 - first))" ASKUS_FIRST_SEED=$first
    run_case "$program" "$case" "$parts/$first"
  done
  cat "$parts"/* | add_up
}

# add_up: lines of text with numbers, those of the same text as one.
add_up() {
  awk '{
      key = $0
      gsub(/[0-9]+/, "#", key)
      if (!(key in seen)) { order[++keys] = key; seen[key] = 1 }
      at = 0
      rest = $0
      while (match(rest, /[0-9]+/)) {
        ++at
        number = substr(rest, RSTART, RLENGTH) + 0
        largest = substr(rest, 1, RSTART - 1) ~ /slowest[^0-9]*$/
        if (largest) { if (number > value[key, at]) value[key, at] = number }
        else value[key, at] += number
        rest = substr(rest, RSTART + RLENGTH)
      }
    }
    END {
      for (i = 1; i <= keys; ++i) {
        text = order[i]
        for (at = 1; sub(/#/, value[order[i], at], text); ++at) continue
        printf "%s%s", (i > 1 ? "; " : ""), text
      }
      print ""
    }'
}
