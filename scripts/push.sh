#!/usr/bin/env bash
#
# Runs the steps of the guide "From a plan to a push that arrived" against an emulator
# of the service, with the folders of examples/push and a real CLI: attribute names, test
# accounts, a canary, its delivery, and a scheduled campaign. demo-setup.sh has what this
# needs.
set -euo pipefail

. "$(dirname "$0")/demo-setup.sh"

[ $# -eq 0 ] || fail "unknown argument $1: use no argument"

actions_since=1.14 # Terraform; no version of OpenTofu has actions

has_actions() {
  case $version in
    Terraform*) at_least "${version#* v}" "$actions_since" ;;
    *) false ;;
  esac
}

# apply FOLDER ARGUMENT...: initializes a folder the first time, and applies it.
apply() {
  cd "$scratch/push/$1"
  shift
  [ -d .terraform ] || quietly "$cli" init -input=false -no-color
  run "$cli" apply -input=false -auto-approve ${color:+"$color"} "$@" >"$scratch/output" 2>&1 || { cat "$scratch/output" >&2; fail "the apply failed"; }
  cat "$scratch/output"
}

color=
[ -t 1 ] || color=-no-color

build_all
start_emulator examples/push
cp -R examples/push "$scratch/push" # a CLI writes its state and its folders where it runs

heading "1. Create the attribute names ($version, apply -target)"
apply app -target=timpush_attribute_names.app

heading "2. Set up the test accounts, and check whom the campaign reaches"
apply app

heading "3. Send a canary to the test accounts"
tasks=
if has_actions; then
  apply canary
  tasks=$(sed -n 's/.*Task ID: \([^ ]*\).*/"\1"/p' "$scratch/output" | paste -sd , -)
  [ -n "$tasks" ] || fail "the apply showed no task ID"
else
  echo "Skipped: $version has no actions, which need Terraform $actions_since or newer. No push is sent, so the next step has no numbers to check."
fi

heading "4. Check the delivery, and schedule the campaign"
# In the next year, so that the second plan has the same time, and it is in the future.
send_at=$(($(date -u +%Y) + 1))-01-01T09:00:00Z
set -- -var="send_at=$send_at" ${tasks:+-var="canary_tasks=[$tasks]"}
apply campaign "$@"

heading "5. Plan again"
plan_again "$@"

heading "Done. Stopping the emulator."
