# shellcheck shell=bash
#
# Sourced by the scripts that run Terraform or OpenTofu, to isolate the CLI from the
# user's configuration.

# clean_cli_env FILE: makes FILE the only configuration of a CLI. If
# TF_CLI_CONFIG_FILE is set, both CLIs ignore the files in the user's home.
clean_cli_env() {
  local name
  # Keep TF_ACC_*, which configure acceptance tests.
  for name in ${!TF_*}; do
    case $name in TF_ACC_*) ;; *) unset "$name" ;; esac
  done
  # shellcheck disable=SC2086 # a list of names
  unset ${!TOFU_*} ${!OTEL_*}
  export TF_CLI_CONFIG_FILE=$1 CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1
}

# at_least VERSION MINIMUM: compares major and minor.
at_least() {
  local major minor min_major min_minor rest
  IFS=. read -r major minor rest <<<"$1"
  IFS=. read -r min_major min_minor rest <<<"$2"
  [ "$major" -gt "$min_major" ] || { [ "$major" -eq "$min_major" ] && [ "$minor" -ge "$min_minor" ]; }
}

# native_path FILE: prints the path for programs outside of this shell. Git Bash has
# its own form of Windows paths, without .exe.
native_path() {
  local file=$1
  if ! command -v cygpath >/dev/null; then
    echo "$file"
    return
  fi
  [ ! -f "$file.exe" ] || file=$file.exe
  cygpath -m "$file"
}

# unset_service_env: removes the configuration of the provider and of proxies, so that
# no real app is used.
unset_service_env() {
  # shellcheck disable=SC2086 # a list of names
  unset ${!TIMPUSH_*} http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
}

# write_cli_config FILE FOLDER: writes a CLI configuration that uses the provider in
# FOLDER, without init, and installs no other provider.
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
