#!/usr/bin/env bash
#
# The README's picture: what the demo's plan prints, in colours, as an SVG. It
# shows Terraform: OpenTofu's own words differ.
#
# picture.sh [FILE]: assets/plan.svg unless said otherwise
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
clean_cli_env /dev/null # a version check reads no configuration
case $("$cli" version) in
  Terraform*) ;;
  *) echo "picture.sh: the picture shows Terraform, and $cli is another CLI: put terraform on PATH, or name it in TF_ACC_TERRAFORM_PATH" >&2; exit 1 ;;
esac

TF_ACC_TERRAFORM_PATH=$cli run "$root/scripts/demo.sh" --plan "$scratch/plan"
GOTMPDIR=$scratch run go -C tools/picture build -buildvcs=false -o "$scratch/picture" .

# With the prompt as a person sees it, without the warning of a local build.
{ printf '\033[2m$\033[0m \033[1mterraform plan\033[0m\n'; cat "$scratch/plan"; } |
  "$scratch/picture" -title "terraform plan" -without "Provider development overrides are in effect" >"$scratch/plan.svg"
mv "$scratch/plan.svg" "$file"
echo "$file is written."
