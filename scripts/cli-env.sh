# shellcheck shell=bash
#
# Sourced by the scripts that run Terraform or OpenTofu: the environment that
# a CLI is run with, so that nothing of the user's own setup leads it elsewhere
# and nothing of that setup is touched.

# clean_cli_env FILE: from here on a CLI reads FILE as its only configuration.
# With TF_CLI_CONFIG_FILE set, neither CLI looks at the files in the user's home.
clean_cli_env() {
  local name
  # TF_ACC_* stays: it is meant for acceptance tests (logs, kept folders).
  for name in ${!TF_*}; do
    case $name in TF_ACC_*) ;; *) unset "$name" ;; esac
  done
  # shellcheck disable=SC2086 # a list of names
  unset ${!TOFU_*} ${!OTEL_*}
  export TF_CLI_CONFIG_FILE=$1 CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1
}

# native_path FILE: its name for programs that are not of this shell. Git Bash
# has names of its own for files of Windows, and leaves .exe out of them.
native_path() {
  local file=$1
  if ! command -v cygpath >/dev/null; then
    echo "$file"
    return
  fi
  [ ! -f "$file.exe" ] || file=$file.exe
  cygpath -m "$file"
}

# unset_service_env: the provider learns nothing of a real app from here on,
# and its requests take no other way than the direct one.
unset_service_env() {
  # shellcheck disable=SC2086 # a list of names
  unset ${!TIMPUSH_*} http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
}

# write_cli_config FILE FOLDER: a CLI configuration that takes the provider
# from FOLDER (no init needed) and installs no other provider from anywhere.
write_cli_config() {
  cat >"$1" <<CONFIG
disable_checkpoint = true

provider_installation {
  dev_overrides {
    "timpush/timpush" = "$2"
  }
}
CONFIG
}
