#!/usr/bin/env bash
#
# Builds a release of the last commit twice, compares the bytes, and installs its zip
# with a real init. Uncommitted changes are not included.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/processes.sh"
cd "$root"

scratch=$(mktemp -d "${TMPDIR:-/tmp}/timpush-release-test.XXXXXX")
trap 'stop_all; rm -rf "$scratch"' EXIT

# If gpg is installed, sign with a new key.
unset GPG_FINGERPRINT
if command -v gpg >/dev/null; then
  mkdir -m 700 "$scratch/gnupg"
  export GNUPGHOME=$scratch/gnupg
  run gpg --batch --quiet --passphrase '' --quick-generate-key release-test rsa3072 sign never # the registries accept RSA
  GPG_FINGERPRINT=$(gpg --batch --list-keys --with-colons | sed -n 's/^fpr:*\([0-9A-F]*\):$/\1/p')
  export GPG_FINGERPRINT
else
  echo "release-test.sh: gpg is not installed: SIGNING IS NOT TESTED" >&2
fi

# Built in two folders, at different times: neither may affect the bytes.
for folder in first the-second; do
  git clone --quiet --no-hardlinks . "$scratch/$folder"
  run "$scratch/$folder/scripts/release.sh" --snapshot
done
dist=$scratch/first/dist
for file in "$dist"/*.zip "$dist"/*.cdx.json "$dist"/*_SHA256SUMS; do
  cmp "$file" "$scratch/the-second/dist/${file##*/}"
done
echo "Two builds of one commit have the same bytes."

if [ -n "${GPG_FINGERPRINT:-}" ]; then
  gpg --batch --verify "$dist"/*_SHA256SUMS.sig "$dist"/*_SHA256SUMS
  if grep -q '^-----BEGIN' "$dist"/*_SHA256SUMS.sig; then
    echo "release-test.sh: the signature is ASCII-armored, which the registries reject" >&2
    exit 1
  fi

  # Release one of two tags, without publishing it.
  tagged=$scratch/tagged
  git clone --quiet . "$tagged"
  grep -v 'not yet in the registries' README.md >"$tagged/README.md"
  awk '{ print } /^## \[Unreleased\]$/ { print "\n## [9.8.7] - 2026-12-31" }' CHANGELOG.md >"$tagged/CHANGELOG.md"
  git -C "$tagged" -c user.name=test -c user.email=test@example.com commit --quiet --all --message 'Release 9.8.7'
  git -C "$tagged" tag v9.8.7
  git -C "$tagged" tag v9.8.7-rc.1
  GORELEASER_CURRENT_TAG=v9.8.7 run "$tagged/scripts/release.sh" --dry-run
  sums=$tagged/dist/terraform-provider-timpush_9.8.7_SHA256SUMS
  gpg --batch --verify "$sums.sig" "$sums"
fi
RELEASE_DIST=$dist "$root/scripts/test.sh" -v -run '^TestAccRelease' ./internal/test/acceptance
