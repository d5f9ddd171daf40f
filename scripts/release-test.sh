#!/usr/bin/env bash
#
# What a release of the last commit would hold, made twice and tested: the same
# bytes both times, and a zip that a real init installs. Uncommitted changes have
# no part in it.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/processes.sh"
cd "$root"

scratch=$(mktemp -d "${TMPDIR:-/tmp}/timpush-release-test.XXXXXX")
trap 'stop_all; rm -rf "$scratch"' EXIT

# Signed with a key made here, where there is gpg.
unset GPG_FINGERPRINT
if command -v gpg >/dev/null; then
  mkdir -m 700 "$scratch/gnupg"
  export GNUPGHOME=$scratch/gnupg
  run gpg --batch --quiet --passphrase '' --quick-generate-key release-test rsa3072 sign never # the registries take RSA
  GPG_FINGERPRINT=$(gpg --batch --list-keys --with-colons | sed -n 's/^fpr:*\([0-9A-F]*\):$/\1/p')
  export GPG_FINGERPRINT
else
  echo "release-test.sh: there is no gpg: SIGNING IS NOT TESTED" >&2
fi

# In folders of different names, one after the other: neither may be seen in what
# is made.
for folder in first the-second; do
  git clone --quiet --no-hardlinks . "$scratch/$folder"
  run "$scratch/$folder/scripts/release.sh" --snapshot
done
dist=$scratch/first/dist
for file in "$dist"/*.zip "$dist"/*.cdx.json "$dist"/*_SHA256SUMS; do
  cmp "$file" "$scratch/the-second/dist/${file##*/}"
done
echo "Two builds of one commit are the same bytes."

if [ -n "${GPG_FINGERPRINT:-}" ]; then
  gpg --batch --verify "$dist"/*_SHA256SUMS.sig "$dist"/*_SHA256SUMS
  if grep -q '^-----BEGIN' "$dist"/*_SHA256SUMS.sig; then
    echo "release-test.sh: the signature is text, and the registries take none" >&2
    exit 1
  fi

  # What a release does, up to publishing it, of the tag that is named, among two.
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
