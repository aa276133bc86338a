#!/usr/bin/env bash
# Builds liaison and runs every test: the whole suite in the dev build (warnings are errors), then the unit, command
# line and fuzz tests again under AddressSanitizer and UBSan. Usage: ./test.sh [--quick]   (--quick leaves the second part out)
set -uo pipefail
cd "$(dirname "$0")"
scripts/install_packages.sh || exit 1
if command -v ccache >/dev/null; then
  export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER:-ccache}
  export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1  # a second clone finds what the first compiled
fi
jobs=$(nproc)
passed=0 failed=0 broken=()

# suite PRESET [ctest arguments]: builds and runs; adds ctest's closing count to the totals.
suite() {
  local preset=$1 log; shift
  log=$(mktemp)
  echo "== $preset: configure and build"
  if ! { cmake --preset "$preset" >"$log" 2>&1 && cmake --build --preset "$preset" -j "$jobs" >>"$log" 2>&1; }; then
    tail -n 60 "$log"
    failed=$((failed + 1)); broken+=("$preset does not build")
    rm -f "$log"; return
  fi
  echo "== $preset: test"
  ctest --preset "$preset" -j "$jobs" "$@" 2>&1 | tee "$log"
  local line bad total
  line=$(grep -E '^[0-9]+% tests passed, [0-9]+ tests failed out of [0-9]+' "$log" | tail -n 1)
  if [ -z "$line" ]; then
    failed=$((failed + 1)); broken+=("$preset: ctest did not finish")
  else
    bad=$(sed -E 's/.* ([0-9]+) tests failed out of.*/\1/' <<<"$line")
    total=$(sed -E 's/.* out of ([0-9]+).*/\1/' <<<"$line")
    passed=$((passed + total - bad)); failed=$((failed + bad))
    [ "$bad" = 0 ] || broken+=("$preset: $bad tests")
  fi
  rm -f "$log"
}

suite dev
[ "${1:-}" = --quick ] || suite asan -L 'unit|fuzz|cli'

for what in "${broken[@]}"; do echo "FAILED: $what"; done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
