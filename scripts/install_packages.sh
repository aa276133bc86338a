#!/usr/bin/env bash
# Installs what scripts/packages.txt names, by apt on Debian 12. Does nothing when all is there; says what to do when it
# may not install.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mapfile -t wanted < <(grep -v '^#' "$here/packages.txt")
# Commands rather than packages: some vendors' Node.js brings npm along and conflicts with Debian's, and any JDK will do.
# They build the HTML viewer and run the checks of exports by other programs.
for pair in node:nodejs npm:npm javac:default-jdk-headless mvn:maven; do
  command -v "${pair%%:*}" >/dev/null || wanted+=("${pair#*:}")
done
missing=()
for package in "${wanted[@]}"; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0
if [ "$(id -u)" = 0 ]; then
  as_root=()
elif command -v sudo >/dev/null; then
  as_root=(sudo)
else
  echo "missing packages: ${missing[*]}" >&2
  echo "run as root: apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi
echo "installing: ${missing[*]}" >&2
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
