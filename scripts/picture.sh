#!/usr/bin/env bash
#
# Draws the README's picture: the colored output of the demo's plan, as an SVG. It
# needs Terraform, because the output of OpenTofu differs.
#
# picture.sh [FILE]: FILE is assets/plan.svg unless given
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/cli-env.sh"
. "$root/scripts/processes.sh"
cd "$root"

file=${1:-assets/plan.svg}

scratch=$(mktemp -d "${TMPDIR:-/tmp}/timpush-picture.XXXXXX")
trap 'stop_all; rm -rf "$scratch"' EXIT

run "$root/scripts/cli.sh" >"$scratch/cli"
cli=$(cat "$scratch/cli")
clean_cli_env /dev/null # the version check needs no configuration
case $("$cli" version) in
  Terraform*) ;;
  *) echo "picture.sh: $cli is not Terraform, which the picture shows: add terraform to PATH, or set TF_ACC_TERRAFORM_PATH" >&2; exit 1 ;;
esac

TF_ACC_TERRAFORM_PATH=$cli run "$root/scripts/demo.sh" --plan "$scratch/plan"
GOTMPDIR=$scratch run go -C tools/picture build -buildvcs=false -o "$scratch/picture" .

# With a prompt, as in a terminal.
{ printf '\033[2m$\033[0m \033[1mterraform plan\033[0m\n'; cat "$scratch/plan"; } |
  "$scratch/picture" -title "terraform plan" >"$scratch/plan.svg"
mv "$scratch/plan.svg" "$file"
echo "Wrote $file."
