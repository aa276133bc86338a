#!/usr/bin/env python3
"""Runs commands on the sample set and validates what they print against schemas/output/<name>.schema.json.

    check_output.py LIAISON

Each line of CASES: schema, how the output is split ("json": whole, "ndjson": each line), command.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLE = SOURCE / "feeds" / "sample"
SCHEMAS = SOURCE / "schemas" / "output"

CASES = [
    ("refresh", "json", ["refresh", "--mirror", str(SAMPLE), "-f", "json"]),
    ("search", "json", ["search", "bank", "-f", "json"]),
    ("show", "json", ["show", "{id}", "-f", "json"]),
    ("neighbors", "json", ["neighbors", "{id}", "--depth", "2", "-f", "json"]),
    ("path", "json", ["path", "{id}", "{other}", "-f", "json"]),
    ("path", "json", ["path", "ofac-42496", "ofac-24918", "--strongest", "2", "-f", "json"]),
    ("ownership", "json", ["ownership", "{id}", "-f", "json"]),
    ("ownership", "json", ["ownership", "ofac-27307", "--rule", "eu", "-f", "json"]),
    ("exposure", "json", ["exposure", "ofac-42496", "-f", "json"]),
    ("lookup", "json", ["lookup", "0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "-f", "json"]),
    ("lookup", "json", ["lookup", "nonsense", "-f", "json"]),
    ("entity", "ndjson", ["parse", "un_sc", str(SAMPLE / "un_sc" / "consolidated.xml"), "-q"]),
]


def validator(name):
    store = {}
    for path in SCHEMAS.glob("*.schema.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        store[schema["$id"]] = schema
    schema = store[f"{name}.schema.json"]
    return jsonschema.Draft202012Validator(schema, resolver=jsonschema.RefResolver(schema["$id"], schema, store))


def main():
    binary, failures, checked = sys.argv[1], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        ids = {}
        for name, split, arguments in CASES:
            command = [binary] + [argument.format(**ids) for argument in arguments]
            done = subprocess.run(command, cwd=folder, capture_output=True, check=False, env={"SOURCE_DATE_EPOCH": "1764028800"})
            if done.returncode not in (0, 1, 2):
                failures += 1
                print(f"{' '.join(command)}: exit {done.returncode}: {done.stderr.decode()}")
                continue
            texts = [done.stdout] if split == "json" else done.stdout.splitlines()
            for text in texts:
                value = json.loads(text)
                if name == "search":
                    results = value["results"]
                    ids = {"id": results[0]["id"], "other": results[1]["id"]}
                for error in validator(name).iter_errors(value):
                    failures += 1
                    print(f"{' '.join(command)}: {error.json_path}: {error.message[:300]}")
                checked += 1
            if not texts:
                failures += 1
                print(f"{' '.join(command)}: printed nothing")
    print(f"{checked} outputs checked, {failures} faults")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
