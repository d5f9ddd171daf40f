#!/usr/bin/env bash
#
# Draws the pictures in assets/, as SVGs: the colored output of an example's plan, and
# a chart of what an example reads. It needs Terraform, because the output of OpenTofu differs.
#
# picture.sh [FOLDER]: writes into FOLDER, assets/ unless given
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/cli-env.sh"
. "$root/scripts/processes.sh"
cd "$root"

folder=${1:-assets}

scratch=$(mktemp -d "${TMPDIR:-/tmp}/timpush-picture.XXXXXX")
trap 'stop_all; rm -rf "$scratch"' EXIT

run "$root/scripts/cli.sh" >"$scratch/cli"
cli=$(cat "$scratch/cli")
clean_cli_env /dev/null # the version check needs no configuration
case $("$cli" version) in
  Terraform*) ;;
  *) echo "picture.sh: $cli is not Terraform, which the picture shows: add terraform to PATH, or set TF_ACC_TERRAFORM_PATH" >&2; exit 1 ;;
esac

GOTMPDIR=$scratch run go -C tools/picture build -buildvcs=false -o "$scratch/picture" .

# picture NAME EXAMPLE: draws the plan of an example.
picture() {
  TF_ACC_TERRAFORM_PATH=$cli run "$root/scripts/demo.sh" --plan "$scratch/output" "$2"
  # With a prompt, as in a terminal.
  { printf '\033[2m$\033[0m \033[1mterraform plan\033[0m\n'; cat "$scratch/output"; } |
    "$scratch/picture" -title "terraform plan" >"$scratch/$1.svg"
  mv "$scratch/$1.svg" "$folder/"
  echo "Wrote $folder/$1.svg."
}

# chart NAME EXAMPLE TITLE: draws what was sent and delivered per platform.
chart() {
  TF_ACC_TERRAFORM_PATH=$cli run "$root/scripts/demo.sh" --json "$scratch/plan.json" "$2"
  "$scratch/picture" -chart -title "$3" <"$scratch/plan.json" >"$scratch/$1.svg"
  mv "$scratch/$1.svg" "$folder/"
  echo "Wrote $folder/$1.svg."
}

picture plan examples/demo
picture audience examples/campaign
chart deliveries examples/delivery "Yesterday's pushes"
