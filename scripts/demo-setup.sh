# shellcheck shell=bash
#
# Sourced by the scripts that show the provider at work, on this machine alone: what
# they have in common. Everything is in a temporary folder, $scratch. However the script
# ends, it stops what it started and removes the folder.

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/cli-env.sh"
. "$root/scripts/processes.sh"
cd "$root"

heading() { printf '\n==> %s\n' "$*"; }
fail() { echo "${0##*/}: $*" >&2; exit 1; }

# quietly COMMAND...: runs it, and shows what it prints only if it fails.
quietly() {
  run "$@" >"$scratch/output" 2>&1 || { cat "$scratch/output" >&2; fail "failed: ${*##*/}"; }
}

# build_all: builds provider and emulator, and sets $cli, and $version to the first
# line of its version.
build_all() {
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/timpush-demo.XXXXXX")
  trap 'stop_all; rm -rf "$scratch"' EXIT
  run "$root/scripts/cli.sh" >"$scratch/cli"
  cli=$(cat "$scratch/cli")

  heading "Building the provider and the emulator"
  export GOTMPDIR=$scratch
  quietly "$root/scripts/mirror.sh" "$scratch/bin"
  clean_cli_env "$(native_path "$scratch/bin/mirror.tfrc")"
  unset_service_env
  version=$("$cli" version)
  version=${version%%$'\n'*}
}

# start_emulator EXAMPLE: starts the emulator with the accounts of an example, if it
# has some, and sets the variables that make the provider use it.
start_emulator() {
  if [ -f "$1/users.json" ]; then
    heading "Starting the emulator with the accounts in $1/users.json"
    set -- -seed "$1/users.json"
  else
    heading "Starting the emulator with the sample accounts of the API documentation"
    set --
  fi
  # What it prints comes through a pipe, so that reading waits until it is ready.
  mkfifo "$scratch/pipe"
  start emulator "$@"
  exec 3<"$scratch/pipe" # stays open: otherwise the next line would end the emulator
  until has_variables; do
    if ! read -r line <&3; then
      cat "$scratch/emulator.log" >&2
      fail "the emulator ended before it was ready"
    fi
    case $line in "export TIMPUSH_"*) eval "$line" ;; esac
  done
  echo "It listens on $TIMPUSH_ENDPOINT as app $TIMPUSH_SDK_APP_ID."
}

emulator() {
  exec "$scratch/bin/timpush-emulator" -listen 127.0.0.1:0 "$@" >"$scratch/pipe" 2>"$scratch/emulator.log"
}

has_variables() {
  [ -n "${TIMPUSH_SDK_APP_ID:-}" ] && [ -n "${TIMPUSH_ENDPOINT:-}" ] &&
    [ -n "${TIMPUSH_IDENTIFIER:-}" ] && [ -n "${TIMPUSH_SECRET_KEY:-}" ]
}

# plan_again ARGUMENT...: plans in this folder, and fails if anything would change.
plan_again() {
  local status=0
  run "$cli" plan -input=false -no-color -detailed-exitcode "$@" >"$scratch/output" 2>&1 || status=$?
  [ "$status" -eq 0 ] || { cat "$scratch/output" >&2; fail "expected no changes in the second plan, and its exit code is $status"; }
  echo "No changes: the state holds what the service returns."
}
