#!/usr/bin/env bash
# Runs a test program for go test -exec, and adds a line to the file KITH_TEST_TIMES: package, seconds, CPU seconds.
began=$EPOCHREALTIME
# Where tests have a folder in memory, theirs is not that of the go command.
[ -z "${KITH_TEST_GOTMPDIR+set}" ] || export GOTMPDIR=$KITH_TEST_GOTMPDIR
"$@"
status=$?
ended=$EPOCHREALTIME
[ -n "${KITH_TEST_TIMES:-}" ] || exit $status
package=${PWD#"${KITH_TEST_ROOT:-}"/}
# The second line of times is what children have used: user and system, as 1m2.345s. In a pipe it would be another process's.
used=$(mktemp)
times >"$used"
tail -n 1 "$used" | sed 's/m/ /g; s/s//g' | awk -v p="$package" -v b="$began" -v e="$ended" \
  '{ printf "%s %.1f %.1f\n", p, e - b, $1 * 60 + $2 + $3 * 60 + $4 }' >>"$KITH_TEST_TIMES"
rm -f "$used"
exit $status
