#!/usr/bin/env bash
# Runs the tests, and prints at the end what each package took beside the runner's own lines.
set -uo pipefail

usage() {
  cat <<'USAGE'
usage: test.sh fast   what one runs while writing: no Neo4j, no Node
       test.sh all    what one runs before a change is sent: both stores where Java and Maven are there, one in five of the tests on Neo4j, in a
                      browser or on Node. Which, is by the seed, and that by the last commit
       test.sh check  all tests, in random order, then with the race detector what has goroutines that meet
       test.sh long   random tests with as many shapes as comparisons, and on Neo4j what has its turn with other seeds only

KITH_TEST_SEED is that of random tests, and of turns (1). KITH_TEST_TURNS is of how many runs a test that takes turns has one (5 for all,
else 1, which is each). GO is the go command (go).
USAGE
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
go=${GO:-go}
# Warn above so many CPU seconds, of Neo4j's too: by then somebody waits who did not before. Two processors that do nothing else take 900 to 1,150 for all tests in 13
# minutes, those of the race detector included, by the seed and by what is still compiled; 510 by turns in five; and 130 without Neo4j and Node in 87 seconds.
budget=1500

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
# Stores of tests are files, and wait for the disk at each of thousands of writes. In memory they take half of the time, where there is
# room, and programs may run; what is compiled stays on the disk.
# The folder has one name for a checkout, so that results of tests are cached, and is emptied before: nobody else does where a run is killed.
in_memory() {
  local room free
  room=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1) free=$(awk '/^MemAvailable/ { print $2 }' /proc/meminfo 2>/dev/null)
  [ "${room:-0}" -gt $((4 << 20)) ] && [ "${free:-0}" -gt $((8 << 20)) ] || return 1
  memory=/dev/shm/kith-test.$(id -u).$(cksum <<<"$PWD" | cut -d ' ' -f 1)
  mkdir -p -m 700 "$memory" && [ -O "$memory" ] && exec 9<"$memory" && flock -n 9 || return 1
  find "$memory" -mindepth 1 -delete
  trap 'rm -rf "$tmp"; find "$memory" -mindepth 1 -delete' EXIT
  printf '#!/bin/sh\n' >"$memory/runs" && chmod +x "$memory/runs" && "$memory/runs" 2>/dev/null
}
if [ -z "${TMPDIR:-}" ] && in_memory; then export KITH_TEST_GOTMPDIR=${GOTMPDIR:-} GOTMPDIR=${GOTMPDIR:-/tmp} TMPDIR=$memory; fi
# Tests make worlds and forget them: collected at four times what lives, as `kith serve` does, they take a fifth less of the processors.
export GOGC=${GOGC:-400}
export KITH_TEST_ROOT=$PWD KITH_TEST_TIMES=$tmp/times KITH_TEST_REPORT=$tmp/report
touch "$KITH_TEST_TIMES" "$KITH_TEST_REPORT"

# neo4j_cpu is what the tests' Neo4j has used since its start, in seconds: 0 where none runs.
neo4j_cpu() {
  local pid
  pid=$(cat .neo4j/7688/pid 2>/dev/null) && ps -p "$pid" -o cputimes= 2>/dev/null | tr -d ' ' | grep . || echo 0
}

# The limit is for tests that hang. Vetting is lint's, which looks at the same packages: here it would take a sixth of what one waits for.
run() { "$go" test -vet=off -exec "$PWD/dev/timed.sh" -timeout 40m "$@" 9<&-; } # who outlives it does not hold the folder

# together runs what it is given side by side, each with run, and fails where one does. Words of one are separated by spaces.
together() {
  local part parts=() failed=0
  for part; do
    # shellcheck disable=SC2086
    run $part & parts+=($!)
  done
  for part in "${parts[@]}"; do wait "$part" || failed=1; done
  return $failed
}

# Packages wait for a Neo4j server, for a browser, for a program that they kill: with some more at a time than there are processors, none of
# these is idle. The tests through the whole program, and those of Neo4j's store, take longest, and are two of them each. Of the rest those that
# take longest begin first.
tests() {
  together "$* ./graph/neo4j -run ^TestContract$" "$* ./graph/neo4j -skip ^TestContract$" "$* ./dev/e2e -run ^TestW" "$* ./dev/e2e -skip ^TestW" \
    "-p $(($(nproc) + 1)) $* ./cmd/kith ./dev/clients ./graph/graphtest ./dev/bench $("$go" list ./... | grep -v -e /dev/e2e -e /graph/neo4j | tr '\n' ' ')"
}

# Where goroutines meet: the journal, the server, plans that are kept, writers and readers of a store at the same time, logs of journeys that are asked
# while they are brought up to date, and a few worlds of random operations through all of it. Neo4j's part is Java's, and the same without. Each alone would leave a processor idle.
raced() {
  together "-race -shuffle=on ./graph/journal ./loaders ./server/... ./resolvers/..." \
    "-race -shuffle=on ./graph/sqlite -run Contract$/writers|Contract$/contexts|Contract$/pages_while|Concurren|Close|Busy" \
    "-race ./graph/journey ./graph/projection -run BesideABuilder|WhileItsStoreIsWritten" \
    "-race ./dev/e2e -run WithheldChangesNothing/SQLite -worlds 2"
}

began=$SECONDS status=0
before=$(neo4j_cpu)
case ${1:-} in
  fast) budget=150; tests -short || status=1 ;;
  all)
    # The same commit has the same turns: what failed is run again, and what did not change is not.
    export KITH_TEST_TURNS=${KITH_TEST_TURNS:-5} KITH_TEST_SEED=${KITH_TEST_SEED:-$((16#$(git rev-parse --short=8 HEAD 2>/dev/null || date +%s)))}
    turns="KITH_TEST_SEED=$KITH_TEST_SEED: of tests on Neo4j, in a browser or on Node one in $KITH_TEST_TURNS; make check runs all"
    echo "$turns"
    [ "$KITH_TEST_TURNS" -lt 5 ] || budget=700
    tests || status=1 ;;
  check) { tests -shuffle=on && raced; } || status=1 ;;
  long) budget=0
    many='WithheldChangesNothing|AttacksLearnNothing|ExamplesAnswer|TakenForCode'
    run ./graph/graphtest -run Agree -apart -shapes 50 -worlds 40 && run ./dev/e2e -run "$many" -worlds 400 -shapes 80 -turns &&
      run ./dev/e2e -skip "$many" -turns && run ./graph/neo4j -run '^TestContract$' -turns || status=1 ;;
  *) usage >&2; exit 2 ;;
esac

after=$(neo4j_cpu)
[ "$after" -ge "$before" ] || before=0 # it was started anew
[ "$after" = 0 ] || echo "Neo4j $((SECONDS - began)) $((after - before))" >>"$KITH_TEST_TIMES"
echo
[ -z "${turns:-}" ] || echo "$turns"
sed 's/^/random: /' "$KITH_TEST_REPORT"
echo
awk -v wall=$((SECONDS - began)) -v budget=$budget '
  { s[$1] += $2; c[$1] += $3; sum += $3 }
  END {
    printf "%8s %8s  %s\n", "seconds", "CPU", "package"
    for (p in s) printf "%8.1f %8.1f  %s\n", s[p], c[p], p | "sort -k2 -rn"
    close("sort -k2 -rn")
    printf "%8.1f %8.1f  in all, without compiling\n", wall, sum
    if (budget > 0 && sum > budget) printf "warning: the tests took %d CPU seconds, more than the %d that dev/test.sh has for them\n", sum, budget
  }' "$KITH_TEST_TIMES"
exit $status
