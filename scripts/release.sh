#!/usr/bin/env bash
#
# GoReleaser, built from the modules of tools/release, fills dist/ as
# .goreleaser.yml says.
#
# release.sh             releases the tag that is checked out, or of several the one
#                        in GORELEASER_CURRENT_TAG, signed with the key of
#                        GPG_FINGERPRINT; GITHUB_TOKEN may write releases
# release.sh --dry-run   does the same, but publishes nothing
# release.sh --snapshot  makes what a release of this commit would hold, and
#                        publishes nothing; signed only if GPG_FINGERPRINT is set
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
    [ -n "${GPG_FINGERPRINT:-}" ] || fail "GPG_FINGERPRINT is not set: name the key that signs the release"
    tag=${GORELEASER_CURRENT_TAG:-$(git describe --exact-match --tags --match 'v*')} || fail "no tag v* is checked out: a release is made of one"
    [[ $tag =~ ^v[0-9]+\.[0-9]+\.[0-9]+(-[0-9a-z.-]+)?$ ]] || fail "the tag $tag is not like v1.2.3 or v1.2.3-rc.1"
    export GORELEASER_CURRENT_TAG=$tag # GoReleaser would choose for itself
    # From the version's heading to the next one, or to the links at the end.
    awk -v heading="## [${tag#v}]" 'index($0, heading) == 1 { found = 1; next } found && /^(## |\[)/ { exit } found' \
      CHANGELOG.md >"$scratch/notes.md"
    grep -q '[^[:space:]]' "$scratch/notes.md" || fail "CHANGELOG.md has no section [${tag#v}], which is to be the text of the release"
    ! grep -q 'not yet in the registries' README.md || fail "README.md says that the provider is not yet in the registries: remove the status line there and in README.zh-CN.md"
    [ -z "${1:-}" ] || set -- --skip=publish
    set -- "$@" --release-notes "$scratch/notes.md"
    ;;
  *) fail "takes --snapshot, --dry-run or nothing, not $1" ;;
esac

export GOTMPDIR=$scratch
# In PATH, since GoReleaser starts cyclonedx-gomod with little else of the
# environment. Built the same everywhere: its checksum stands in what it writes.
GOFLAGS= CGO_ENABLED=0 run go -C tools/release build -mod=readonly -trimpath -buildvcs=false -o "$scratch/bin/" \
  github.com/goreleaser/goreleaser/v2 github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod
PATH=$scratch/bin:$PATH run goreleaser release --clean "$@"

# GoReleaser counts it among the checksums, and releases it, but leaves it here.
for sums in dist/*_SHA256SUMS; do
  cp terraform-registry-manifest.json "${sums%SHA256SUMS}manifest.json"
done
