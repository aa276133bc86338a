#!/usr/bin/env bash
# On the host with network: refresh, then hand out what is in service. Usage: publish.sh FOLDER [feed...]
set -euo pipefail
folder=${1:?folder to publish to}; shift
code=0
liaison refresh --progress never || code=$?
# 5: some list failed or was refused; the last good one of it is handed out, the others are new.
[ "$code" = 0 ] || [ "$code" = 5 ] || exit "$code"
liaison feeds export-mirror "$folder" "$@"
(cd "$folder" && find . -path './.*' -prune -o -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS.part && mv SHA256SUMS.part SHA256SUMS)
exit "$code"
