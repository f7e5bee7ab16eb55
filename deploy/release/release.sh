#!/bin/sh
# Signs what a release hands out, after 'mvn -B -Pdist package': the archives, the report of what they are made
# of, their SHA-256 sums, and the sums' signature by the releaser's SSH key.
#
#   deploy/release/release.sh KEY DIR
#
#   KEY   a private key of OpenSSH, or a public one whose private half an agent holds
#   DIR   where the files go; made where it is missing
#
# SECURITY.md says how whoever downloads them checks them.
set -eu

fail() {
  echo "release: $*" >&2
  exit 2
}

[ $# = 2 ] || fail "expected 'release.sh KEY DIR'"
key=$1
[ -f "$key" ] || fail "the key $key is not there, expected one of OpenSSH"
key=$(CDPATH='' cd "$(dirname "$key")" && pwd -P)/$(basename "$key")
command -v ssh-keygen >/dev/null || fail "ssh-keygen is missing, which signs"
root=$(CDPATH='' cd "$(dirname "$0")/../.." && pwd -P)
dist=$root/standalone/target/dist
bom=$root/standalone/target/piecrust-bom.json
[ -f "$dist/SHA256SUMS" ] && [ -f "$bom" ] || fail "there are no archives; run 'mvn -B -Pdist package' first"
(cd "$dist" && sha256sum --quiet -c SHA256SUMS) || fail "an archive in $dist is not what was built"
version=$(sed -n 's|^  <version>\(.*\)</version>.*|\1|p' "$root/pom.xml" | head -n 1)
mkdir -p "$2"
out=$(CDPATH='' cd "$2" && pwd -P)
cp "$dist"/*.tar.gz "$out"
cp "$bom" "$out/piecrust-$version-bom.json"
cd "$out"
sha256sum "piecrust-$version-bom.json" piecrust-"$version"*.tar.gz >SHA256SUMS
rm -f SHA256SUMS.sig
ssh-keygen -q -Y sign -n piecrust-release -f "$key" SHA256SUMS ||
  fail "the sums could not be signed with $key"
