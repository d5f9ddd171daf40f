#!/usr/bin/env bash
#
# All tests: unit, client against emulator, provider through the protocol
# server, and acceptance tests with a real CLI.
#
# test.sh [ARGUMENTS]: arguments for go test, in place of all packages,
# for example: scripts/test.sh -run TestAcc -v ./internal/provider
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/cli-env.sh"
. "$root/scripts/processes.sh"
cd "$root"

cli=$("$root/scripts/cli.sh")
go mod download # while the environment still has what downloads may need

# An attempt on the smallest package finds every reason: no C compiler, no C
# headers, cgo turned off, a platform without race detector.
race=-race
if ! why=$(go build -race runtime/cgo 2>&1); then
  race=-race=false
  echo "test.sh: THE RACE DETECTOR IS OFF, it needs a C compiler: $(echo "$why" | tail -n 1)" >&2
fi

clean_cli_env "$root/scripts/test.tfrc"
# Only live tests, asked for by TIMPUSH_LIVE, may see an app of the user's.
if [ -z "${TIMPUSH_LIVE:-}" ]; then
  unset_service_env
  echo "Live tests are skipped: TIMPUSH_LIVE is not set (see CONTRIBUTING.md)"
fi
[ -n "${RELEASE_DIST:-}" ] || echo "Tests of a release are skipped: make release-test runs them"

# The test framework takes the CLI for Terraform, and the provider for one of
# HashiCorp's, unless told otherwise.
TF_ACC_TERRAFORM_PATH=$(native_path "$cli")
export TF_ACC=1 TF_ACC_TERRAFORM_PATH TF_ACC_PROVIDER_NAMESPACE=timpush
case $("$cli" version) in
  OpenTofu*) export TF_ACC_PROVIDER_HOST=registry.opentofu.org ;;
  *) export TF_ACC_PROVIDER_HOST=registry.terraform.io ;;
esac

# Under the race detector each process sleeps a second before it ends, and some
# tests start many: the test binary again as provider or emulator.
export GORACE="${GORACE:-} atexit_sleep_ms=0"

export TZ=Asia/Shanghai # in UTC, a forgotten .UTC() would not be seen

echo "Testing with $("$cli" version | head -n 1) ($cli)"
if [ $# -eq 0 ]; then
  set -- ./...
  for module in tools/picture tools/repo; do # modules of their own
    go -C "$module" test "$race" -count=1 .
  done
fi
# Tests of what this CLI lacks note here that they were skipped: see internal/test/cli.
skipped=$(mktemp)
export SKIPPED_TESTS=$skipped
trap 'stop_all; rm -f "$skipped"' EXIT

# Never from the cache: its key does not know the CLI.
status=0
run go test "$race" -count=1 -timeout=30m "$@" || status=$?
sort -u "$skipped" | sed 's/^/Skipped: /'
exit "$status"
