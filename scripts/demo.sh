#!/usr/bin/env bash
#
# The main job, end to end, on this machine alone: the provider, built now,
# reads examples/demo from an emulator of the service through a real CLI.
# Everything lives in a temporary folder; whatever happens, what was started
# is stopped and the folder is removed.
#
# demo.sh              plans, applies, and plans again
# demo.sh --plan FILE  plans only, and writes what the CLI prints, with colours,
#                      to FILE, an absolute path
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/cli-env.sh"
. "$root/scripts/processes.sh"
cd "$root"

heading() { printf '\n==> %s\n' "$*"; }
fail() { echo "demo.sh: $*" >&2; exit 1; }

plan_file=
case ${1:-} in
  "") ;;
  --plan) plan_file=${2:?--plan needs a file} ;;
  *) fail "takes --plan FILE or nothing, not $1" ;;
esac

scratch=$(mktemp -d "${TMPDIR:-/tmp}/timpush-demo.XXXXXX")
trap 'stop_all; rm -rf "$scratch"' EXIT

run "$root/scripts/cli.sh" >"$scratch/cli"
cli=$(cat "$scratch/cli")

heading "Building the provider and the emulator"
mkdir "$scratch/bin" "$scratch/demo"
GOTMPDIR=$scratch run go build -buildvcs=false -o "$scratch/bin/" . ./cmd/timpush-emulator

clean_cli_env "$scratch/cli.tfrc"
unset_service_env
write_cli_config "$scratch/cli.tfrc" "$scratch/bin"

heading "Starting the emulator with the API page's sample accounts"
# Its words come through a pipe: reading waits just as long as needed.
mkfifo "$scratch/words"
emulator() {
  exec "$scratch/bin/timpush-emulator" -listen 127.0.0.1:0 >"$scratch/words" 2>"$scratch/emulator.log"
}
start emulator
exec 3<"$scratch/words" # stays open, or a later word would end the emulator
told() {
  [ -n "${TIMPUSH_SDK_APP_ID:-}" ] && [ -n "${TIMPUSH_ENDPOINT:-}" ] &&
    [ -n "${TIMPUSH_IDENTIFIER:-}" ] && [ -n "${TIMPUSH_SECRET_KEY:-}" ]
}
until told; do
  if ! read -r line <&3; then
    cat "$scratch/emulator.log" >&2
    fail "the emulator did not say what to export"
  fi
  case $line in "export TIMPUSH_"*) eval "$line" ;; esac
done
echo "It listens on $TIMPUSH_ENDPOINT and stands for app $TIMPUSH_SDK_APP_ID."

# A copy: a CLI leaves its state and folders where it runs.
cp examples/demo/*.tf "$scratch/demo/"
cd "$scratch/demo"

if [ -n "$plan_file" ]; then
  heading "Plan, into a file"
  run "$cli" plan -input=false >"$plan_file" 2>&1 || { cat "$plan_file" >&2; fail "the plan failed"; }
  exit
fi

color=
[ -t 1 ] || color=-no-color

echo
echo "Below, the CLI warns of development overrides: the provider just built."
heading "Plan ($("$cli" version | head -n 1), no init: the provider is the one just built)"
run "$cli" plan -input=false ${color:+"$color"} -out="$scratch/demo.tfplan"

heading "Apply"
run "$cli" apply -input=false ${color:+"$color"} "$scratch/demo.tfplan"

heading "Plan again: nothing is left to do"
status=0
run "$cli" plan -input=false ${color:+"$color"} -detailed-exitcode || status=$?
[ "$status" -eq 0 ] || fail "the second plan should have been empty, exit code $status"

heading "Done. Stopping the emulator."
