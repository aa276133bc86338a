"""Validates feeds/sample/ against the publishers' schemas with xmllint; they are not in the repository.

usage: valid.py SOURCE_DIR
"""
import os
import pathlib
import shutil
import subprocess
import sys

SCHEMAS = {
    "us_ofac_sdn/SDN_ADVANCED.XML": "data/ofac/schemas/sls_advanced_xml.xsd",
    "us_ofac_cons/CONS_ADVANCED.XML": "data/ofac/schemas/sls_advanced_xml.xsd",
    "un_sc/consolidated.xml": "data/un/sc-sanctions.xsd",
}


def main() -> int:
    source = pathlib.Path(sys.argv[1])
    shared = pathlib.Path(os.environ.get("LIAISON_SHARED", source / ".." / "shared"))
    if not shared.exists() or shutil.which("xmllint") is None:
        print("SKIPPED: no shared schemas or no xmllint")
        return 0
    failed = 0
    for name, schema in SCHEMAS.items():
        command = ["xmllint", "--noout", "--nonet", "--schema", str(shared / schema), str(source / "feeds/sample" / name)]
        failed += subprocess.run(command, check=False).returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
