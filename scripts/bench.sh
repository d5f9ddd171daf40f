#!/usr/bin/env bash
#
# Runs the Go benchmarks. Then plans up to 100,000 accounts with a real CLI and the
# emulator, plans and applies resources of up to 10,000, compares with an otherwise
# empty provider, and measures the size and the startup time of both. Takes about
# fifteen minutes on an otherwise idle machine.
#
# bench.sh          writes the results, except those of the Go benchmarks, to
#                   tools/bench/
# bench.sh FLAGS    runs only tools/bench, with these flags. For example,
#                   -sizes 1,100 -repetitions 1. The lists can be empty: -sizes '' -audience ''
#                   -calls '' -passing '' -tasks '' -resources '' for size and startup time only
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/processes.sh"
cd "$root"

scratch=$(mktemp -d "${TMPDIR:-/tmp}/timpush-bench.XXXXXX")
trap 'stop_all; rm -rf "$scratch"' EXIT

run "$root/scripts/cli.sh" >"$scratch/cli"
export GOTMPDIR=$scratch
if [ $# -eq 0 ]; then
  set -- -text tools/bench/results.txt -chart tools/bench/results.svg
  run go test -run '^$' -bench . -benchmem ./internal/timpush ./internal/provider
fi

# Both providers have the file name that the CLI expects, each in its own folder.
binary=terraform-provider-timpush
# Built as in a release, to measure what users get.
release=(-buildvcs=false -trimpath -ldflags '-s -w')
CGO_ENABLED=0 run go build "${release[@]}" -o "$scratch/provider/$binary" .
CGO_ENABLED=0 run go -C tools/bench build "${release[@]}" -o "$scratch/floor/$binary" ./floor
run go -C tools/bench build -buildvcs=false -o "$scratch/bench" .

# The program itself cleans the environment of the CLI.
TMPDIR=$scratch run "$scratch/bench" -cli "$(cat "$scratch/cli")" -provider "$scratch/provider" -floor "$scratch/floor" "$@"
