#!/usr/bin/env bash
#
# Measurements: the Go benchmarks, then plans with a real CLI of up to 100,000
# accounts, read from an emulator of the service, beside an otherwise empty
# provider. That takes about ten minutes; the machine should have nothing else
# to do.
#
# bench.sh          writes the results of the plans to tools/bench/
# bench.sh [FLAGS]  flags for the bench program in place of that, for example
#                   -sizes 1,100 -repetitions 1: it then writes what they say
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/processes.sh"
cd "$root"

scratch=$(mktemp -d "${TMPDIR:-/tmp}/timpush-bench.XXXXXX")
trap 'stop_all; rm -rf "$scratch"' EXIT

run "$root/scripts/cli.sh" >"$scratch/cli"
[ $# -gt 0 ] || set -- -text tools/bench/results.txt -chart tools/bench/results.svg

export GOTMPDIR=$scratch
run go test -run '^$' -bench . -benchmem ./internal/timpush ./internal/provider

# Both providers have the name that the CLI looks for, each in its own folder.
binary=terraform-provider-timpush
run go build -buildvcs=false -o "$scratch/provider/$binary" .
run go -C tools/bench build -buildvcs=false -o "$scratch/floor/$binary" ./floor
run go -C tools/bench build -buildvcs=false -o "$scratch/bench" .

# The program cleans the CLI's environment itself.
TMPDIR=$scratch run "$scratch/bench" -cli "$(cat "$scratch/cli")" -provider "$scratch/provider" -floor "$scratch/floor" "$@"
