#!/usr/bin/env bash
#
# Shows the provider at work, on this machine alone: builds it, starts an emulator of
# the service, and plans and applies examples/demo with a real CLI. demo-setup.sh has
# what this needs.
#
# demo.sh                        plans, applies, and plans again
# demo.sh --plan FILE [EXAMPLE]  only plans the folder EXAMPLE, examples/demo unless
#                                given, and writes what the CLI prints, with colours,
#                                to FILE, an absolute path
# demo.sh --json FILE [EXAMPLE]  the same, but writes the plan in JSON
set -euo pipefail

. "$(dirname "$0")/demo-setup.sh"

plan_file=
json_file=
example=examples/demo
case ${1:-} in
  "") ;;
  --plan) plan_file=${2:?--plan needs a file} example=${3:-$example} ;;
  --json) json_file=${2:?--json needs a file} example=${3:-$example} ;;
  *) fail "unknown argument $1: use --plan FILE [EXAMPLE], --json FILE [EXAMPLE], or no argument" ;;
esac

build_all
start_emulator "$example"

# In a copy: a CLI writes its state and its folders where it runs.
mkdir "$scratch/demo"
find "$example" -maxdepth 1 \( -name "*.tf" -o -name "*.txt" \) -exec cp {} "$scratch/demo/" \;
cd "$scratch/demo"

heading "Installing the provider ($version, init)"
quietly "$cli" init -input=false -no-color

if [ -n "$plan_file" ]; then
  heading "Plan, into a file"
  run "$cli" plan -input=false >"$plan_file" 2>&1 || { cat "$plan_file" >&2; fail "the plan failed"; }
  exit
fi

if [ -n "$json_file" ]; then
  heading "Plan, into a file"
  quietly "$cli" plan -input=false -no-color -out="$scratch/demo.tfplan"
  run "$cli" show -json "$scratch/demo.tfplan" >"$json_file"
  exit
fi

color=
[ -t 1 ] || color=-no-color

heading "Plan"
run "$cli" plan -input=false ${color:+"$color"} -out="$scratch/demo.tfplan"

heading "Apply"
run "$cli" apply -input=false ${color:+"$color"} "$scratch/demo.tfplan"

heading "Plan again"
plan_again

heading "Done. Stopping the emulator."
