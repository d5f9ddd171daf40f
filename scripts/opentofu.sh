#!/usr/bin/env bash
#
# Prints the absolute path of the OpenTofu that tools/opentofu pins, which it
# builds from Go modules into .bin if it is not there yet. That needs nothing but
# Go. Everything else goes to stderr.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/processes.sh"

version=$(sed -n 's|.*github.com/opentofu/opentofu v\([0-9][^ ]*\).*|\1|p' "$root/tools/opentofu/go.mod")
tofu=$root/.bin/tofu-$version$(go env GOEXE)
if [ ! -x "$tofu" ]; then
  echo "opentofu.sh: building OpenTofu $version from Go modules into .bin. That takes about 5 minutes on two cores, once." >&2
  mkdir -p "$root/.bin"
  # Built, with all that Go keeps meanwhile, in a folder of its own and moved
  # when ready: an interrupted build leaves nothing, least of all half a CLI.
  unfinished=$(mktemp -d "$root/.bin/unfinished-tofu.XXXXXX")
  trap 'stop_all; rm -rf "$unfinished"' EXIT
  # dev=no is how OpenTofu marks a release; without it the version ends in -dev.
  GOWORK=off GOTMPDIR=$unfinished CGO_ENABLED=0 run go -C "$root/tools/opentofu" build -mod=readonly -trimpath \
    -ldflags '-s -w -X github.com/opentofu/opentofu/version.dev=no' \
    -o "$unfinished/tofu" github.com/opentofu/opentofu/cmd/tofu >&2
  mv "$unfinished/tofu" "$tofu"
fi
echo "$tofu"
