#!/usr/bin/env bash
# On the air-gapped host: check what came over, then refresh from it. Usage: take.sh FOLDER
set -euo pipefail
folder=${1:?folder that came over}
(cd "$folder" && sha256sum --check --quiet SHA256SUMS)
exec liaison refresh --mirror "$folder" --progress never
