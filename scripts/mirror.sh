#!/usr/bin/env bash
#
# Builds the provider and the emulator, and writes a filesystem mirror from
# which `terraform init` and `tofu init` install the build as version 0.0.1.
#
# mirror.sh [FOLDER]: FOLDER is .bin unless given. It receives
#   terraform-provider-timpush  the provider
#   timpush-emulator            the emulator
#   mirror/                     the mirror
#   mirror.tfrc                 a CLI configuration that uses the mirror
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/cli-env.sh"

version=0.0.1
registries="registry.terraform.io registry.opentofu.org"

[ $# -le 1 ] || { echo "mirror.sh: expected at most one argument, the destination folder" >&2; exit 2; }
mkdir -p "${1:-$root/.bin}"
folder=$(cd "${1:-$root/.bin}" && pwd)
cd "$root"

export GOWORK=off
exe=$(go env GOEXE)
platform=$(go env GOOS)_$(go env GOARCH)

# Without the state and the path of the checkout, a binary changes only if the code
# does, and builds of other checkouts come from Go's cache.
go build -trimpath -buildvcs=false -o "$(native_path "$folder")/" . ./cmd/timpush-emulator

patterns=
for registry in $registries; do
  package=$folder/mirror/$registry/timpush/timpush/$version/$platform
  rm -rf "$package" # a binary that is in use cannot be overwritten
  mkdir -p "$package"
  cp "$folder/terraform-provider-timpush$exe" "$package/terraform-provider-timpush_v$version$exe"
  patterns="$patterns${patterns:+, }\"$registry/timpush/*\""
done

cat >"$folder/mirror.tfrc" <<CONFIG
provider_installation {
  filesystem_mirror {
    path    = "$(native_path "$folder/mirror")"
    include = [$patterns]
  }
  direct {
    exclude = [$patterns]
  }
}
CONFIG

file=$(native_path "$folder/mirror.tfrc")
powershell_file=$(sed 's/[`$]/`&/g' <<<"$file")
cat <<TEXT
The provider, the emulator, and a filesystem mirror are in $(native_path "$folder").

To use this build, run these two lines in the folder of your configuration:

  export TF_CLI_CONFIG_FILE=$(printf %q "$file")
  terraform init # or: tofu init

In PowerShell, the first line is:

  \$env:TF_CLI_CONFIG_FILE = "$powershell_file"

After a rebuild, delete .terraform.lock.hcl before you run init: it holds the
checksum of the previous build, and "init -upgrade" does not replace it.
TEXT
