#!/usr/bin/env bash
#
# Runs all tests: unit tests, the client against the emulator, the provider through
# the protocol server, and acceptance tests with a real CLI.
#
# test.sh [ARGUMENTS]: passes arguments to go test, instead of all packages.
# For example: scripts/test.sh -run TestAcc -v ./internal/provider
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/cli-env.sh"
. "$root/scripts/processes.sh"
cd "$root"

cli=$("$root/scripts/cli.sh")
go mod download # before clean_cli_env, because downloads may need the environment

# Building a small package finds all reasons: no C compiler, no C headers, cgo
# disabled, a platform without race detector.
race=-race
if ! why=$(go build -race runtime/cgo 2>&1); then
  race=-race=false
  echo "test.sh: THE RACE DETECTOR IS OFF because it needs a C compiler: $(echo "$why" | tail -n 1)" >&2
fi

clean_cli_env "$root/scripts/test.tfrc"
# Only live tests, enabled by TIMPUSH_LIVE, may use the user's app.
if [ -z "${TIMPUSH_LIVE:-}" ]; then
  unset_service_env
  echo "Skipping live tests: TIMPUSH_LIVE is not set (see CONTRIBUTING.md)"
fi
[ -n "${RELEASE_DIST:-}" ] || echo "Skipping tests of a release: make release-test runs them"

# By default, the test framework assumes Terraform, and a provider by HashiCorp.
TF_ACC_TERRAFORM_PATH=$(native_path "$cli")
export TF_ACC=1 TF_ACC_TERRAFORM_PATH TF_ACC_PROVIDER_NAMESPACE=timpush
case $("$cli" version) in
  OpenTofu*) export TF_ACC_PROVIDER_HOST=registry.opentofu.org ;;
  *) export TF_ACC_PROVIDER_HOST=registry.terraform.io ;;
esac

# The race detector makes each process sleep a second before it exits, and some tests
# start many processes.
export GORACE="${GORACE:-} atexit_sleep_ms=0"

# Collecting garbage less often saves a tenth of the time of compilers, linkers, tests
# and CLIs, none of which needs much memory.
export GOGC="${GOGC:-400}"

export TZ=Asia/Shanghai # in UTC, tests would not notice a missing .UTC()

echo "Testing with $("$cli" version | head -n 1) ($cli)"
if [ $# -eq 0 ]; then
  set -- ./...
  for module in tools/picture tools/repo; do # modules of their own
    go -C "$module" test "$race" -count=1 .
  done
fi
# internal/test/cli adds the tests that it skips because of the CLI.
skipped=$(mktemp)
export SKIPPED_TESTS=$skipped
trap 'stop_all; rm -f "$skipped"' EXIT

# Without the cache of results, whose key does not include the CLI, and without vet, which
# make lint runs.
status=0
run go test "$race" -count=1 -vet=off -timeout=30m "$@" || status=$?
sort -u "$skipped" | sed 's/^/Skipped: /'
exit "$status"
