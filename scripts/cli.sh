#!/usr/bin/env bash
#
# Prints the absolute path of the Terraform CLI to use: $TF_ACC_TERRAFORM_PATH,
# else terraform from PATH, else tofu from PATH, else the one of opentofu.sh, which
# needs nothing but Go. Everything else goes to stderr.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/cli-env.sh"

min_terraform=1.5
min_tofu=1.6
wanted=${TF_ACC_TERRAFORM_PATH:-}
clean_cli_env /dev/null # version checks read no configuration

say() { echo "cli.sh: $*" >&2; }

# find_program NAME: its absolute path, whatever kind of folders PATH has.
find_program() {
  local path
  path=$(command -v "$1") && path=$(cd "$(dirname "$path")" && pwd)/$(basename "$path") && echo "$path"
}

# at_least VERSION MINIMUM: compares major and minor.
at_least() {
  local major minor min_major min_minor rest
  IFS=. read -r major minor rest <<<"$1"
  IFS=. read -r min_major min_minor rest <<<"$2"
  [ "$major" -gt "$min_major" ] || { [ "$major" -eq "$min_major" ] && [ "$minor" -ge "$min_minor" ]; }
}

# usable PATH: succeeds if it runs (shims of version managers may not) and is new
# enough, and otherwise says why not.
usable() {
  local output line version min
  # From / , where no version manager's or lock file of a project is in sight.
  if ! output=$(cd / && "$1" version 2>&1 </dev/null); then
    say "ignoring $1, which does not run: ${output%%$'\n'*}"
    return 1
  fi
  line=$(grep -E -m 1 '^(Terraform|OpenTofu) v[0-9]+\.[0-9]+' <<<"$output" || true)
  version=${line#* v}
  case $line in
    Terraform*) min=$min_terraform ;;
    OpenTofu*) min=$min_tofu ;;
    *) say "ignoring $1, which is neither Terraform nor OpenTofu"; return 1 ;;
  esac
  if ! at_least "$version" "$min"; then
    say "ignoring $1, which is too old: $line; the minimum is $min"
    return 1
  fi
}

# A CLI that the user names is used, or is an error; it is never replaced.
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

say "no usable terraform or tofu on PATH: using the OpenTofu of tools/opentofu"
tofu=$("$root/scripts/opentofu.sh")
usable "$tofu" || exit 1
echo "$tofu"
