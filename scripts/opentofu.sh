#!/usr/bin/env bash
#
# Prints the absolute path of the OpenTofu version in tools/opentofu, and builds it
# from Go modules into .bin if it is missing. Needs only Go. Messages go to stderr.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/processes.sh"

version=$(sed -n 's|.*github.com/opentofu/opentofu v\([0-9][^ ]*\).*|\1|p' "$root/tools/opentofu/go.mod")
tofu=$root/.bin/tofu-$version$(go env GOEXE)
if [ ! -x "$tofu" ]; then
  echo "opentofu.sh: building OpenTofu $version from Go modules into .bin, once. This takes about 5 minutes on two cores." >&2
  mkdir -p "$root/.bin"
  # Build in a temporary folder, also for Go's own files, and move the result, so that
  # an interrupted build leaves nothing behind.
  unfinished=$(mktemp -d "$root/.bin/unfinished-tofu.XXXXXX")
  trap 'stop_all; rm -rf "$unfinished"' EXIT
  # dev=no marks a release; without it the version ends in -dev.
  GOWORK=off GOTMPDIR=$unfinished CGO_ENABLED=0 run go -C "$root/tools/opentofu" build -mod=readonly -trimpath \
    -ldflags '-s -w -X github.com/opentofu/opentofu/version.dev=no' \
    -o "$unfinished/tofu" github.com/opentofu/opentofu/cmd/tofu >&2
  mv "$unfinished/tofu" "$tofu"
fi
echo "$tofu"
