# shellcheck shell=bash
#
# Sourced by the scripts that stop what they started however they end:
# success, failure, Ctrl-C, or a signal to the script alone. They set a trap
# on EXIT that calls stop_all.

# A signal ends a script by way of its EXIT trap.
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# start COMMAND...: in the background, since bash answers no signal while it
# waits for a foreground command, and in a process group of its own (set -m),
# so that Ctrl-C reaches the script only, which then stops all in order.
start() {
  set -m
  "$@" </dev/null &
  set +m
}

# run COMMAND...: start it and wait for its end.
run() {
  start "$@"
  wait $!
}

# stop_all: the youngest first.
stop_all() {
  local group groups=
  trap '' HUP INT TERM # once is enough
  for group in $(jobs -p); do groups="$group $groups"; done
  for group in $groups; do stop "$group"; done
}

# stop GROUP: asks its leader to end, then who is left of the group: a CLI
# needs its provider to end well. After ten seconds all are made to.
stop() {
  local _
  kill -TERM "$1" 2>/dev/null || true
  for _ in {1..100}; do
    kill -0 -- "-$1" 2>/dev/null || return 0
    kill -0 "$1" 2>/dev/null || kill -TERM -- "-$1" 2>/dev/null || true
    sleep 0.1
  done
  kill -KILL -- "-$1" 2>/dev/null || true
}
