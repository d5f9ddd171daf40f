#!/usr/bin/env bash
#
# Runs GoReleaser, built from tools/release, which writes dist/ as configured in
# .goreleaser.yml.
#
# release.sh             releases the tag that is checked out; if there are several,
#                        set GORELEASER_CURRENT_TAG. Signs with the key in
#                        GPG_FINGERPRINT. GITHUB_TOKEN must be able to write releases
# release.sh --dry-run   does the same without publishing
# release.sh --snapshot  builds a release of this commit without publishing; signs only
#                        if GPG_FINGERPRINT is set
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/processes.sh"
cd "$root"

fail() { echo "release.sh: $*" >&2; exit 1; }

scratch=$(mktemp -d "${TMPDIR:-/tmp}/timpush-release.XXXXXX")
trap 'stop_all; rm -rf "$scratch"' EXIT

case ${1:-} in
  --snapshot)
    set -- --snapshot
    [ -n "${GPG_FINGERPRINT:-}" ] || set -- "$@" --skip=sign
    ;;
  "" | --dry-run)
    [ -n "${GPG_FINGERPRINT:-}" ] || fail "GPG_FINGERPRINT is not set: set it to the key that signs the release"
    tag=${GORELEASER_CURRENT_TAG:-$(git describe --exact-match --tags --match 'v*')} || fail "no tag v* is checked out: check out the tag to release"
    [[ $tag =~ ^v[0-9]+\.[0-9]+\.[0-9]+(-[0-9a-z.-]+)?$ ]] || fail "the tag $tag does not have the form v1.2.3 or v1.2.3-rc.1"
    export GORELEASER_CURRENT_TAG=$tag # otherwise GoReleaser chooses one
    # The section of the version, up to the next heading or the links at the end.
    awk -v heading="## [${tag#v}]" 'index($0, heading) == 1 { found = 1; next } found && /^(## |\[)/ { exit } found' \
      CHANGELOG.md >"$scratch/notes.md"
    grep -q '[^[:space:]]' "$scratch/notes.md" || fail "CHANGELOG.md has no section [${tag#v}], which becomes the release notes"
    ! grep -q 'not yet in the registries' README.md || fail "README.md says that the provider is not yet in the registries: remove the status line there and in README.zh-CN.md"
    [ -z "${1:-}" ] || set -- --skip=publish
    set -- "$@" --release-notes "$scratch/notes.md"
    ;;
  *) fail "unknown argument $1: use --snapshot, --dry-run or none" ;;
esac

export GOTMPDIR=$scratch
# Both on PATH, because GoReleaser runs cyclonedx-gomod with little else of the
# environment. Built reproducibly, because the output contains the tool's checksum.
GOFLAGS= CGO_ENABLED=0 run go -C tools/release build -mod=readonly -trimpath -buildvcs=false -o "$scratch/bin/" \
  github.com/goreleaser/goreleaser/v2 github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod
PATH=$scratch/bin:$PATH run goreleaser release --clean "$@"

# GoReleaser releases this file, and lists its checksum, but does not copy it to dist/.
for sums in dist/*_SHA256SUMS; do
  cp terraform-registry-manifest.json "${sums%SHA256SUMS}manifest.json"
done
