#!/usr/bin/env bash
#
# Registry documentation, made from schema texts, templates/, examples/ and the
# client's table of error codes.
#
# docs.sh          writes docs/
# docs.sh --check  fails if docs/ is not, file by file, what would be written
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/cli-env.sh"
cd "$root"

cli=$("$root/scripts/cli.sh")

scratch=$(mktemp -d "${TMPDIR:-/tmp}/timpush-docs.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" "$scratch/schema" "$scratch/site"

go build -buildvcs=false -o "$scratch/bin/" .
write_cli_config "$scratch/cli.tfrc" "$scratch/bin"

# The CLI's own providers schema, taken without init. tfplugindocs knows the
# provider by its short name only; each CLI writes its own registry before it.
cp examples/provider/provider.tf "$scratch/schema/"
(
  clean_cli_env "$scratch/cli.tfrc"
  unset_service_env
  cd "$scratch/schema"
  "$cli" providers schema -json
) | sed 's|"registry\.[a-z]*\.[a-z]*/timpush/timpush":|"timpush":|' >"$scratch/schema.json"
if ! grep -q '"ephemeral_resource_schemas":' "$scratch/schema.json"; then
  echo "docs.sh: $cli is too old to know of ephemeral resources: use Terraform 1.10 or OpenTofu 1.11, or a newer one" >&2
  exit 1
fi

# Generated beside copies of its sources, so that nothing old has a part in it.
mkdir -p "$scratch/site/tools/bench"
cp tools/bench/results.txt "$scratch/site/tools/bench/"
cp -R examples "$scratch/site/"
cp -R templates "$scratch/site/"

# Tables from the code, each in place of its marker.
fill() { # GUIDE TABLE
  local guide=templates/guides/$1.md.tmpl
  go run ./cmd/doctables "$2" >"$scratch/table.md"
  grep -qx "<!-- $2 -->" "$guide" || { echo "docs.sh: $guide has no line <!-- $2 -->" >&2; exit 1; }
  sed -e "/^<!-- $2 -->\$/r $scratch/table.md" -e "/^<!-- $2 -->\$/d" "$guide" >"$scratch/site/$guide"
}
fill troubleshooting codes
fill performance sizes

tfplugindocs() { # it talks much: shown only when it fails
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
