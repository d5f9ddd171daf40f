#!/usr/bin/env bash
#
# Measurements: the Go benchmarks, then plans with a real CLI of up to 100,000
# accounts, read from an emulator of the service, beside an otherwise empty
# provider, and the size and start-up of both. That takes about ten minutes; the
# machine should have nothing else to do.
#
# bench.sh          writes all but the Go benchmarks' results to tools/bench/
# bench.sh FLAGS    runs the bench program alone, with these flags: it writes
#                   what they say. For example -sizes 1,100 -repetitions 1, or
#                   -sizes '' -passing '' for size and start-up only
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

# Both providers have the name that the CLI looks for, each in its own folder.
binary=terraform-provider-timpush
# They are built as a release is: what is measured is what users get.
release=(-buildvcs=false -trimpath -ldflags '-s -w')
CGO_ENABLED=0 run go build "${release[@]}" -o "$scratch/provider/$binary" .
CGO_ENABLED=0 run go -C tools/bench build "${release[@]}" -o "$scratch/floor/$binary" ./floor
run go -C tools/bench build -buildvcs=false -o "$scratch/bench" .

# The program cleans the CLI's environment itself.
TMPDIR=$scratch run "$scratch/bench" -cli "$(cat "$scratch/cli")" -provider "$scratch/provider" -floor "$scratch/floor" "$@"
