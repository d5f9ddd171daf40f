#!/usr/bin/env bash
#
# Shows the provider at work, on this machine alone: builds it, starts an
# emulator of the service, and plans and applies examples/demo with a real CLI.
# Everything is in a temporary folder. However the script ends, it stops what it
# started and removes the folder.
#
# demo.sh                        plans, applies, and plans again
# demo.sh --plan FILE [EXAMPLE]  only plans the folder EXAMPLE, examples/demo unless
#                                given, and writes what the CLI prints, with colours,
#                                to FILE, an absolute path
# demo.sh --json FILE [EXAMPLE]  the same, but writes the plan in JSON
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/cli-env.sh"
. "$root/scripts/processes.sh"
cd "$root"

heading() { printf '\n==> %s\n' "$*"; }
fail() { echo "demo.sh: $*" >&2; exit 1; }

plan_file=
json_file=
example=examples/demo
case ${1:-} in
  "") ;;
  --plan) plan_file=${2:?--plan needs a file} example=${3:-$example} ;;
  --json) json_file=${2:?--json needs a file} example=${3:-$example} ;;
  *) fail "unknown argument $1: use --plan FILE [EXAMPLE], --json FILE [EXAMPLE], or no argument" ;;
esac

scratch=$(mktemp -d "${TMPDIR:-/tmp}/timpush-demo.XXXXXX")
trap 'stop_all; rm -rf "$scratch"' EXIT

# quietly COMMAND...: runs it, and shows what it prints only if it fails.
quietly() {
  run "$@" >"$scratch/output" 2>&1 || { cat "$scratch/output" >&2; fail "failed: ${*##*/}"; }
}

run "$root/scripts/cli.sh" >"$scratch/cli"
cli=$(cat "$scratch/cli")

heading "Building the provider and the emulator"
export GOTMPDIR=$scratch
quietly "$root/scripts/mirror.sh" "$scratch/bin"
clean_cli_env "$(native_path "$scratch/bin/mirror.tfrc")"
unset_service_env

if [ -f "$example/users.json" ]; then
  heading "Starting the emulator with the accounts in $example/users.json"
  set -- -seed "$example/users.json"
else
  heading "Starting the emulator with the sample accounts of the API documentation"
  set --
fi
# What it prints comes through a pipe, so that reading waits until it is ready.
mkfifo "$scratch/pipe"
emulator() {
  exec "$scratch/bin/timpush-emulator" -listen 127.0.0.1:0 "$@" >"$scratch/pipe" 2>"$scratch/emulator.log"
}
start emulator "$@"
exec 3<"$scratch/pipe" # stays open: otherwise the next line would end the emulator
complete() {
  [ -n "${TIMPUSH_SDK_APP_ID:-}" ] && [ -n "${TIMPUSH_ENDPOINT:-}" ] &&
    [ -n "${TIMPUSH_IDENTIFIER:-}" ] && [ -n "${TIMPUSH_SECRET_KEY:-}" ]
}
until complete; do
  if ! read -r line <&3; then
    cat "$scratch/emulator.log" >&2
    fail "the emulator ended before it was ready"
  fi
  case $line in "export TIMPUSH_"*) eval "$line" ;; esac
done
echo "It listens on $TIMPUSH_ENDPOINT as app $TIMPUSH_SDK_APP_ID."

# In a copy: a CLI writes its state and its folders where it runs.
mkdir "$scratch/demo"
find "$example" -maxdepth 1 \( -name "*.tf" -o -name "*.txt" \) -exec cp {} "$scratch/demo/" \;
cd "$scratch/demo"

heading "Installing the provider ($("$cli" version | head -n 1), init)"
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
status=0
run "$cli" plan -input=false -no-color -detailed-exitcode >"$scratch/output" 2>&1 || status=$?
[ "$status" -eq 0 ] || { cat "$scratch/output" >&2; fail "expected no changes in the second plan, and its exit code is $status"; }
echo "No changes: the state holds what the service returns."

heading "Done. Stopping the emulator."
