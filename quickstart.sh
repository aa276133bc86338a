#!/usr/bin/env bash
# From nothing to answers on a bare Debian 12 machine: packages, build, refresh, then a search, a record, a path and a
# Gephi file. Each command is shown before its output.
#
#   ./quickstart.sh                 the live lists (OFAC, UN); without a network the sample set, after a warning
#   ./quickstart.sh --sample        the small sample set of feeds/sample; every answer says so
#   ./quickstart.sh --mirror DIR    lists that lie in DIR/<feed id>/
set -euo pipefail
cd "$(dirname "$0")"

mirror='' sample=no
case "${1:-}" in
'') ;;
--sample) sample=yes ;;
--mirror) mirror=$(cd "${2:?quickstart.sh: --mirror needs a folder}" && pwd) ;;
*) sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac

scripts/install_packages.sh
if command -v ccache >/dev/null; then
  export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER:-ccache}
  export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1  # a second clone finds what the first compiled
fi
echo "building build/release/liaison (some minutes the first time)" >&2
log=build/quickstart.log
mkdir -p build out
if ! { cmake --preset release && cmake --build build/release --target liaison -j "$(nproc)"; } >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  echo "the build failed; all of it is in $log" >&2
  exit 70
fi

if [ "$sample" = no ] && [ -z "$mirror" ] &&
   ! curl --silent --head --max-time 15 --output /dev/null https://scsanctions.un.org/; then
  {
    echo "*****************************************************************************"
    echo "** NO NETWORK: the live lists cannot be fetched. Going on with a SAMPLE of  **"
    echo "** about 60 entities. Nothing found in it means NOTHING.                    **"
    echo "*****************************************************************************"
  } >&2
  sample=yes
fi
if [ "$sample" = yes ]; then
  mirror=feeds/sample
fi

export PATH="$PWD/build/release:$PATH"
export LIAISON_DB=out/quickstart.db
[ "$sample" = no ] || rm -rf out/quickstart.db*

code=0
show() {
  echo
  echo "\$ $*"
  "$@" || { local status=$?; [ "$code" != 0 ] || code=$status; }
}

show liaison refresh us_ofac_sdn us_ofac_cons un_sc ${mirror:+--mirror "$mirror"}
# 5: one of the lists failed, the others are in service.
[ "$code" = 0 ] || [ "$code" = 5 ] || exit "$code"
show liaison search "cheil credit bank" -n 3
show liaison show ofac-22985
show liaison path ofac-42496 ofac-24918
show liaison export --around ofac-15603 --depth 2 -o out/foreign_trade_bank.gexf
echo
echo "Open out/foreign_trade_bank.gexf in Gephi. More: liaison help; the store is out/quickstart.db (LIAISON_DB)." >&2
exit "$code"
