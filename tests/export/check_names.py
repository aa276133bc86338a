#!/usr/bin/env python3
"""Every name of every list in ../shared goes through GEXF, GraphML and CSV and comes back as it was, and the linter finds
nothing. Usage: check_names.py EXPORT_SAMPLES_PROGRAM WORK_FOLDER"""
import csv
import io
import json
import lzma
import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import lint_gexf

SOURCE = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("LIAISON_SHARED", SOURCE.parent / "shared")) / "data"
NAME_TAGS = re.compile(r"(?i)^(first_?name|second_?name|third_?name|fourth_?name|last_?name|alias_?name|name_original_script|"
                       r"given_?name|entity|wholeName|NamePartValue)$")
csv.field_size_limit(1 << 24)


def text_of(path):
    raw = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    return raw.decode("utf-8", "replace")


def names_of(path):
    plain = path.name.removesuffix(".xz")
    if plain.lower().endswith(".xml"):
        for _, element in ET.iterparse(io.StringIO(text_of(path))):
            if NAME_TAGS.match(element.tag.rsplit("}", 1)[-1]) and element.text:
                yield element.text
            for value in element.attrib.values():
                if element.tag.endswith("nameAlias"):
                    yield value
    elif plain.startswith(("sdn", "alt")) and plain.endswith(".csv"):
        for row in csv.reader(io.StringIO(text_of(path))):
            if len(row) > 3:
                yield row[1] if plain.startswith("sdn") else row[3]
    elif "ftm" in path.parts and plain.endswith((".json", ".ndjson", ".jsonl")):
        for line in text_of(path).split("\n"):
            try:
                properties = json.loads(line).get("properties", {})
            except (ValueError, AttributeError):
                continue
            for key in ("name", "alias", "weakAlias"):
                yield from properties.get(key, [])


def main(program, folder):
    if not SHARED.exists():
        print(f"SKIPPED: no lists in {SHARED}")
        return 0
    names = set()
    for path in sorted(SHARED.rglob("*")):
        if path.is_file() and path.parts[len(SHARED.parts)] in ("ofac", "un", "ca", "ch", "eu", "ftm"):
            try:
                names.update(" ".join(name.split()) for name in names_of(path))
            except ET.ParseError:
                continue  # some published files are broken on purpose
    names = sorted(name for name in names if name)
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "names.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
    subprocess.run([program, folder, folder / "names.txt"], check=True)
    expected = {f"n{i:06}": name for i, name in enumerate(names)}
    failed = 0

    def compare(what, seen):
        nonlocal failed
        wrong = [(key, name, seen.get(key)) for key, name in expected.items() if seen.get(key) != name]
        print(f"{what}: {len(seen)} names, {len(wrong)} changed")
        for item in wrong[:5]:
            print("   ", item)
        failed += len(wrong)

    findings = lint_gexf.lint((folder / "names.gexf").read_bytes())
    for rule, message in findings[:10]:
        print(f"names.gexf: {rule}: {message}")
    failed += len(findings)
    seen = {}
    for _, element in ET.iterparse(folder / "names.gexf"):
        if element.tag.endswith("}node"):
            values = {v.get("for"): v.get("value") for v in element.iter() if v.tag.endswith("}attvalue")}
            seen[element.get("id")] = values["name"].replace("\u2060", "")
            element.clear()
    compare("GEXF", seen)
    seen = {}
    for _, element in ET.iterparse(folder / "names.graphml"):
        if element.tag.endswith("}node"):
            seen[element.get("id")] = next(d.text for d in element if d.get("key") == "n_name").replace("\u2060", "")
            element.clear()
    compare("GraphML", seen)
    with open(folder / "names.csv" / "nodes.csv", encoding="utf-8", newline="") as stream:
        compare("CSV", {r["Id"]: r["name"][1:] if re.match(r"'[=+\-@]", r["name"]) else r["name"] for r in csv.DictReader(stream)})
    return 1 if failed or len(names) < 1000 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
