#!/usr/bin/env bash
#
# Registry documentation, made from the provider's schemas, templates/, examples/ and
# the client's table of error codes. It needs no CLI.
#
# docs.sh          writes docs/
# docs.sh --check  fails if docs/ is not, file by file, what would be written
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

scratch=$(mktemp -d "${TMPDIR:-/tmp}/timpush-docs.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/site"

go run -buildvcs=false ./cmd/docschema >"$scratch/schema.json"

# Generated beside copies of its sources, so that nothing old has a part in it.
mkdir -p "$scratch/site/tools/bench"
cp tools/bench/results.txt "$scratch/site/tools/bench/"
cp -R examples "$scratch/site/"
cp -R templates "$scratch/site/"

# Tables from the code, each in place of its marker.
fill() { # GUIDE TABLE
  local guide=templates/guides/$1.md.tmpl
  go run -buildvcs=false ./cmd/doctables "$2" >"$scratch/table.md"
  grep -qx "<!-- $2 -->" "$guide" || { echo "docs.sh: $guide has no line <!-- $2 -->" >&2; exit 1; }
  sed -e "/^<!-- $2 -->\$/r $scratch/table.md" -e "/^<!-- $2 -->\$/d" "$guide" >"$scratch/site/$guide"
}
fill troubleshooting codes
fill performance sizes

tfplugindocs() { # its output is shown only if it fails
  go tool -modfile="$root/tools/docs/go.mod" tfplugindocs "$@" \
    --provider-dir "$scratch/site" --provider-name timpush --providers-schema "$scratch/schema.json" \
    >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
}
tfplugindocs generate --rendered-provider-name TIMPush
tfplugindocs validate

if [ "${1:-}" != --check ]; then
  rm -rf docs
  mv "$scratch/site/docs" docs
  echo "docs/ is written."
  exit
fi

# Compares folders, not with what is committed: new files count as well.
[ -d docs ] || { echo "docs.sh: there is no docs/: run make docs" >&2; exit 1; }
if ! git --no-pager diff --no-index --no-ext-diff --stat --patch docs "$scratch/site/docs" >&2; then
  echo "docs.sh: docs/ is not what its sources make (- there, + should be): run make docs" >&2
  exit 1
fi
echo "docs/ is up to date."
