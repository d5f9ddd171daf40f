# shellcheck shell=bash
#
# Sourced by scripts that stop what they started, however they end: success,
# failure, Ctrl-C, or a signal to the script alone. They set a trap on EXIT that
# calls stop_all.

# On a signal, the EXIT trap runs too.
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# start COMMAND...: starts it in the background, since bash handles no signal while
# it waits for a foreground command, and in its own process group (set -m), so that
# Ctrl-C reaches only the script, which then stops everything in order.
start() {
  set -m
  "$@" </dev/null &
  set +m
}

# run COMMAND...: starts it and waits until it ends.
run() {
  start "$@"
  wait $!
}

# stop_all: stops everything, the most recent first.
stop_all() {
  local group groups=
  trap '' HUP INT TERM # once is enough
  for group in $(jobs -p); do groups="$group $groups"; done
  for group in $groups; do stop "$group"; done
}

# stop GROUP: ends its leader, and then the rest of the group, since a CLI needs its
# provider until it has ended. After ten seconds, kills all of them.
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
