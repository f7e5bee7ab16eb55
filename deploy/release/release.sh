#!/bin/sh
# Makes what a release hands out, of the program that is built: one archive, the report of what it is made of,
# their SHA-256 sums, and the sums' signature by the releaser's SSH key.
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
command -v ssh-keygen >/dev/null || fail "ssh-keygen is missing, which signs"
root=$(CDPATH='' cd "$(dirname "$0")/../.." && pwd -P)
app=$root/standalone/target/quarkus-app
bom=$root/standalone/target/piecrust-bom.json
[ -f "$app/quarkus-run.jar" ] && [ -f "$bom" ] || fail "nothing is built; run 'mvn -B package' first"
version=$(sed -n 's|^  <version>\(.*\)</version>.*|\1|p' "$root/pom.xml" | head -n 1)
name=piecrust-$version
mkdir -p "$2"
out=$(CDPATH='' cd "$2" && pwd -P)

# The same files give the same archive, whoever makes it and when.
tar --sort=name --mtime=2026-01-01T00:00:00Z --owner=0 --group=0 --numeric-owner --mode=u+rw,go=rX \
  --transform "s|^standalone/target/quarkus-app|$name/app|;s|^\([^/]*\)$|$name/\1|" \
  -C "$root" -cf - LICENSE SECURITY.md THIRD-PARTY.md standalone/target/quarkus-app |
  gzip -n >"$out/$name.tar.gz"
cp "$bom" "$out/$name-bom.json"
cd "$out"
sha256sum "$name-bom.json" "$name.tar.gz" >SHA256SUMS
rm -f SHA256SUMS.sig
ssh-keygen -q -Y sign -n piecrust-release -f "$key" SHA256SUMS ||
  fail "the sums could not be signed with $key"
