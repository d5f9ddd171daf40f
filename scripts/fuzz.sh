#!/usr/bin/env bash
#
# Runs every fuzz target with 4,000 inputs. Failing inputs are written
# to testdata/fuzz, where `make test` uses them from then on.
#
# fuzz.sh [TIME]: TIME is the -fuzztime of go test for each target. The default
# is a number of inputs, since a duration can end in "context deadline exceeded"
# although nothing failed (https://go.dev/issue/75804, fixed in Go 1.27).
set -euo pipefail

cd "$(dirname "$0")/.."

failed=
for file in $(grep -rl --include='*_test.go' '^func Fuzz' internal); do
  for target in $(sed -n 's/^func \(Fuzz[A-Za-z0-9]*\)(.*/\1/p' "$file"); do
    echo "--> $target"
    go test -run '^$' -fuzz "^$target\$" -fuzztime "${1:-4000x}" -fuzzminimizetime 1x "./$(dirname "$file")" || failed="$failed $target"
  done
done
if [ -n "$failed" ]; then
  echo "fuzz.sh: failed:$failed" >&2
  exit 1
fi
