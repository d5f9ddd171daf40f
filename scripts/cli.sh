#!/usr/bin/env bash
#
# Prints the absolute path of the CLI to use: $TF_ACC_TERRAFORM_PATH, terraform on
# PATH, tofu on PATH, or the OpenTofu that opentofu.sh builds with Go. Messages go to
# stderr.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/cli-env.sh"

min_terraform=1.5
min_tofu=1.6
wanted=${TF_ACC_TERRAFORM_PATH:-}
clean_cli_env /dev/null # version checks read no configuration

say() { echo "cli.sh: $*" >&2; }

# find_program NAME: prints the absolute path, even if PATH has relative folders.
find_program() {
  local path
  path=$(command -v "$1") && path=$(cd "$(dirname "$path")" && pwd)/$(basename "$path") && echo "$path"
}

# usable PATH: fails, with a message, if the CLI does not run (as some shims of version
# managers) or is too old.
usable() {
  local output line version min
  # In /, so that no file of a version manager or a project applies.
  if ! output=$(cd / && "$1" version 2>&1 </dev/null); then
    say "not using $1, which does not run: ${output%%$'\n'*}"
    return 1
  fi
  line=$(grep -E -m 1 '^(Terraform|OpenTofu) v[0-9]+\.[0-9]+' <<<"$output" || true)
  version=${line#* v}
  case $line in
    Terraform*) min=$min_terraform ;;
    OpenTofu*) min=$min_tofu ;;
    *) say "not using $1, which is neither Terraform nor OpenTofu"; return 1 ;;
  esac
  if ! at_least "$version" "$min"; then
    say "not using $1, which is too old: $line, but $min or newer is required"
    return 1
  fi
}

# If TF_ACC_TERRAFORM_PATH is set, use that CLI or fail.
if [ -n "$wanted" ]; then
  path=$(find_program "$wanted") || { say "TF_ACC_TERRAFORM_PATH is $wanted, which is not a program"; exit 1; }
  usable "$path" || exit 1
  echo "$path"
  exit
fi

for name in terraform tofu; do
  path=$(find_program "$name") || continue
  if usable "$path"; then
    echo "$path"
    exit
  fi
done

say "no usable terraform or tofu on PATH: using the OpenTofu in tools/opentofu"
tofu=$("$root/scripts/opentofu.sh")
usable "$tofu" || exit 1
echo "$tofu"
