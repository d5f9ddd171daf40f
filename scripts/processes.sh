# shellcheck shell=bash
#
# Sourced by the scripts that start processes, to stop them in any case: success,
# failure, Ctrl-C, or a signal to the script only. Set a trap on EXIT that calls
# stop_all.

# Signals run the EXIT trap.
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# start COMMAND...: runs it in the background, because bash handles no signal while a
# foreground command runs, and in a process group of its own (set -m), so that Ctrl-C
# reaches only the script, which then stops all processes in order.
start() {
  set -m
  "$@" </dev/null &
  set +m
}

# run COMMAND...: starts it and waits for it.
run() {
  start "$@"
  wait $!
}

# stop_all: stops all processes, the last one first.
stop_all() {
  local group groups=
  trap '' HUP INT TERM # ignore further signals
  for group in $(jobs -p); do groups="$group $groups"; done
  for group in $groups; do stop "$group"; done
}

# stop GROUP: stops the leader first, because a CLI needs its provider to exit
# cleanly, then the rest of the group. Kills them after ten seconds.
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
