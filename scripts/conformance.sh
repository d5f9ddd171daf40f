#!/usr/bin/env bash
#
# Asks the service the questions that its documentation leaves open. CONTRIBUTING.md
# lists the environment variables that it needs.
#
# conformance.sh [-json FILE]             asks the app in the environment
# conformance.sh --emulator [-json FILE]  asks an emulator, to try the command itself
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/cli-env.sh"
. "$root/scripts/processes.sh"

scratch=$(mktemp -d "${TMPDIR:-/tmp}/timpush-conformance.XXXXXX")
trap 'stop_all; rm -rf "$scratch"' EXIT
go -C "$root" build -o "$scratch/" ./cmd/conformance ./cmd/timpush-emulator

if [ "${1:-}" != --emulator ]; then
  # In the foreground: Ctrl-C must reach the command, which then cleans up.
  "$scratch/conformance" "$@"
  exit
fi
shift

unset_service_env
cat >"$scratch/users.json" <<'SEED'
{
  "accounts": {
    "throwaway-one": {},
    "throwaway-two": {},
    "379C2F0D-290D-47AE-94D1-919058C39C77": {"type": "registration_id"}
  }
}
SEED
mkfifo "$scratch/pipe"
emulator() {
  exec "$scratch/timpush-emulator" -listen 127.0.0.1:0 -seed "$scratch/users.json" >"$scratch/pipe"
}
start emulator
exec 3<"$scratch/pipe" # stays open: otherwise the next line would end the emulator
until [ -n "${TIMPUSH_SDK_APP_ID:-}" ] && [ -n "${TIMPUSH_ENDPOINT:-}" ] &&
  [ -n "${TIMPUSH_IDENTIFIER:-}" ] && [ -n "${TIMPUSH_SECRET_KEY:-}" ]; do
  read -r line <&3
  case $line in "export TIMPUSH_"*) eval "$line" ;; esac
done
export TIMPUSH_CONFORMANCE_ACCOUNTS=throwaway-one,throwaway-two TIMPUSH_CONFORMANCE_NAMES=1
export TIMPUSH_CONFORMANCE_REGISTRATION_ID=379C2F0D-290D-47AE-94D1-919058C39C77
run "$scratch/conformance" "$@"
