#!/usr/bin/env bash
#
# Looks for known vulnerabilities in what the code calls of its modules and of
# the Go that builds it. It fails for those of the provider and the emulator,
# which are what users run. Those of tools are told only: most have to wait for
# the tools' own releases.
#
# vulnerabilities.sh [FLAGS]: flags for govulncheck, for example
#                   -db file:///path/to/a/database
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

# scan MODULE PACKAGES [FLAGS]: 3 where something is found. One trace of each
# is shown, since some have hundreds.
scan() {
  local module=$1 packages=$2
  shift 2
  echo "--> $module"
  go tool -modfile=tools/vulnerabilities/go.mod govulncheck -C "$module" "$@" "$packages" |
    grep -vE '^ +#([2-9]|[0-9]{2,}):'
}

status=0
scan . ./... "$@" || status=$?

for file in tools/*/go.mod; do
  module=$(dirname "$file")
  packages=./...
  grep -qE '^tool( |$)' "$file" && packages=tool # of others, there is no code of ours
  found=0
  scan "$module" "$packages" "$@" || found=$?
  case $found in 0 | 3) ;; *) status=$found ;; esac
done

exit "$status"
