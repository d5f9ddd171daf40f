#!/usr/bin/env bash
#
# Formats the Go files and examples that lint.sh checks.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/cli-env.sh"
cd "$root"

cli=$("$root/scripts/cli.sh")
for module in . tools/bench tools/picture tools/repo; do
  go -C "$module" tool -modfile="$root/tools/lint/go.mod" golangci-lint fmt
done
clean_cli_env "$root/scripts/test.tfrc"
"$cli" fmt -recursive examples
