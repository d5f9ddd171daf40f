#!/usr/bin/env bash
#
# Finds known vulnerabilities in code that is called in dependencies and in the
# standard library. Fails for those of the provider and the emulator, which users run.
# Those of tools are only reported, because most need a new release of the tool.
#
# vulnerabilities.sh [FLAGS]: flags for govulncheck, for example
#                   -db file:///path/to/a/database
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

# scan MODULE PACKAGES [FLAGS]: returns 3 if there are vulnerabilities. Prints only one
# trace for each, because some have hundreds.
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
  grep -qE '^tool( |$)' "$file" && packages=tool # such a module has no code of its own
  found=0
  scan "$module" "$packages" "$@" || found=$?
  case $found in 0 | 3) ;; *) status=$found ;; esac
done

exit "$status"
