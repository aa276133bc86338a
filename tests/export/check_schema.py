#!/usr/bin/env python3
"""GEXF 1.3 samples are valid against the official RELAX NG grammar. The grammar is not ours to ship: it is read from
LIAISON_SHARED/data/gexf (default ../shared beside the source tree)."""
import os
import pathlib
import shutil
import subprocess
import sys


def main(folder):
    source = pathlib.Path(__file__).resolve().parents[2]
    shared = pathlib.Path(os.environ.get("LIAISON_SHARED", source.parent / "shared")) / "data" / "gexf"
    files = [str(p) for p in sorted(pathlib.Path(folder).glob("*.gexf"))]
    if not files:
        print("no sample")
        return 1
    ran = 0
    for tool, command in (("jing", ["jing", "-c", str(shared / "gexf.rnc")]),
                          ("xmllint", ["xmllint", "--noout", "--huge", "--relaxng", str(shared / "gexf.rng")])):
        if not (shared / "gexf.rnc").exists():
            print(f"SKIPPED: no grammar in {shared}")
            break
        if shutil.which(tool) is None:
            print(f"SKIPPED: {tool} is not installed")
            continue
        # libxml2's RELAX NG is quadratic in attribute lists: the small files are enough for it.
        chosen = files if tool == "jing" else [f for f in files if os.path.getsize(f) < 1_000_000]
        result = subprocess.run(command + chosen, capture_output=True, text=True)
        if result.returncode:
            print(f"{tool}: exit {result.returncode}\n" + (result.stdout + result.stderr)[:4000])
            return 1
        ran += 1
        print(f"{tool}: {len(chosen)} files valid")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
