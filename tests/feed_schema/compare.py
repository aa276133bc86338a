#!/usr/bin/env python3
"""liaison's schema validator and Python's jsonschema agree on every manifest and on thousands of damaged ones.

Usage: compare.py VALIDATE_MANIFESTS SOURCE_DIR
"""
import copy
import json
import pathlib
import random
import subprocess
import sys

import jsonschema

ODD = [None, True, 0, -1, 1.5, 10**12, "", "x", "https://a.example/b", "A B", [], ["x"], {}, {"x": 1}, "é" * 301]


def places(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in items:
        yield from places(member, path + (key,))


def damaged(value, rng):
    path = rng.choice([p for p in places(value) if p])
    copy_of = copy.deepcopy(value)
    holder = copy_of
    for key in path[:-1]:
        holder = holder[key]
    action = rng.randrange(3)
    if action == 0:
        del holder[path[-1]]
    elif action == 1:
        holder[path[-1]] = rng.choice(ODD)
    elif isinstance(holder, dict):
        holder[rng.choice(["extra", "index", "hash", "files"])] = rng.choice(ODD)
    else:
        holder.append(rng.choice(ODD))
    return copy_of


def main():
    program, root = sys.argv[1], pathlib.Path(sys.argv[2])
    schema_path = root / "schemas/feed_manifest.schema.json"
    checker = jsonschema.Draft202012Validator(json.loads(schema_path.read_text()))
    manifests = [json.loads(p.read_text()) for p in sorted((root / "feeds").glob("*.json"))]
    rng = random.Random(20251104)
    values = manifests + [damaged(rng.choice(manifests), rng) for _ in range(4000)]
    lines = "".join(json.dumps(v) + "\n" for v in values)
    ours = subprocess.run([program, schema_path], input=lines, capture_output=True, text=True, check=True).stdout.split()
    theirs = ["1" if checker.is_valid(v) else "0" for v in values]
    assert len(ours) == len(values)
    differing = [v for v, a, b in zip(values, ours, theirs) if a != b]
    for value in differing[:3]:
        print("DIFFERS:", json.dumps(value), [e.message for e in checker.iter_errors(value)])
    print(f"{len(manifests)} manifests valid, {theirs.count('0')} of 4000 damaged ones refused, {len(differing)} differ")
    sys.exit(1 if differing or "0" in theirs[:len(manifests)] else 0)


if __name__ == "__main__":
    main()
