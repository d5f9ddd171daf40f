#!/usr/bin/env bash
#
# Formats what lint.sh checks the format of.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/cli-env.sh"
cd "$root"

cli=$("$root/scripts/cli.sh")
go tool -modfile=tools/lint/go.mod golangci-lint fmt
clean_cli_env "$root/scripts/test.tfrc"
"$cli" fmt -recursive examples
