#!/usr/bin/env bash
#
# Runs all static checks, even after one has failed.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/cli-env.sh"
cd "$root"

failed=
check() {
  echo "--> $*"
  "$@" || failed="$failed
  $*"
}

cli=$("$root/scripts/cli.sh")

# Linters and Go formatting, configured in .golangci.yml. Linters of other checkouts
# may run in parallel.
check go tool -modfile=tools/lint/go.mod golangci-lint run --allow-parallel-runners
for module in tools/bench tools/picture tools/repo; do
  check go -C "$module" tool -modfile=../lint/go.mod golangci-lint run --allow-parallel-runners
done

for module in . tools/*; do
  check go -C "$module" mod tidy -diff
done

# Workflows of this repository, and those for users. The result does not depend on
# other programs, such as shellcheck.
check go tool -modfile=tools/workflows/go.mod actionlint -shellcheck= -pyflakes= .github/workflows/*.yml \
  examples/ci/github-actions*.yml examples/ci/scheduled.yml examples/ci/test-accounts.yml

# Links, workflows, and that each kind of the provider is documented.
check go -C tools/repo run -buildvcs=false . ../..

for script in scripts/*.sh .ci/run; do
  check bash -n "$script"
done

clean_cli_env "$root/scripts/test.tfrc"
check "$cli" fmt -check -diff -recursive examples

if [ -n "$failed" ]; then
  echo "lint.sh: failed:$failed" >&2
  exit 1
fi
