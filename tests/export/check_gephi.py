#!/usr/bin/env python3
"""Gephi's own engine opens every sample without a warning, merges nothing, makes no node up, keeps every filled cell,
every position within 0.01, every name; and a second export is appended to the first without refusal.

The engine is gephi-toolkit (classifier "all") from Maven Central: LIAISON_GEPHI_TOOLKIT names a jar, else Maven's local
repository is looked at and Maven is asked. 0.11.2 wants Java 17, 0.10.1 Java 11. Without one the check says SKIPPED."""
import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

VERSIONS = ("0.11.2", "0.10.1")


def find_toolkit():
    named = os.environ.get("LIAISON_GEPHI_TOOLKIT")
    if named:
        return named
    repository = pathlib.Path.home() / ".m2/repository/org/gephi/gephi-toolkit"
    for fetch in (False, True):
        for version in VERSIONS:
            if fetch and shutil.which("mvn"):
                subprocess.run(["mvn", "-q", "-B", "dependency:get", "-Dtransitive=false",
                                f"-Dartifact=org.gephi:gephi-toolkit:{version}:jar:all"],
                               capture_output=True, timeout=400, check=False)
            jar = repository / version / f"gephi-toolkit-{version}-all.jar"
            if jar.exists():
                return str(jar)
    return None


def local(tag):
    return tag.rsplit("}", 1)[-1]


def expected(path):
    graph = next(c for c in ET.parse(path).getroot() if local(c.tag) == "graph")
    nodes, edges = {}, {}
    filled = collections.Counter()
    for group in graph:
        kind = local(group.tag)
        if kind not in ("nodes", "edges"):
            continue
        for element in group:
            parts = {local(c.tag): c for c in element}
            values = {v.get("for"): v.get("value") for v in parts.get("attvalues", ())}
            for key in values:
                filled[(kind[:-1], key)] += 1
            if kind == "nodes":
                place = parts["position"]
                nodes[element.get("id")] = (float(place.get("x")), float(place.get("y")),
                                            float(parts["size"].get("value")), values.get("name"))
            else:
                edges[element.get("id")] = (float(element.get("weight")), element.get("kind"))
    return nodes, edges, filled


def run(jar, classes, files):
    command = ["java", "-Djava.awt.headless=true", "-Xmx2g", "-cp", f"{jar}{os.pathsep}{classes}", "GephiCheck", *map(str, files)]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=600,
                            env={**os.environ, "JAVA_TOOL_OPTIONS": "-Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8"})
    if result.returncode:
        raise RuntimeError(f"exit {result.returncode}: {result.stderr[-1500:]}")
    return result.stdout.split("\n")


def compare(lines, nodes, edges, filled, appended):
    """Differences between what Gephi has and what the file says. After an append, weights of known edges add up by design."""
    problems, facts, seen_nodes, seen_edges = [], {}, {}, {}
    columns = {}
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == "issue":
            level, _, text = rest.partition(" ")
            if level != "INFO" or re.match("Parallel edges|Some nodes were created", text):
                problems.append(line)
        elif word in ("nodes", "edges", "kinds", "dynamic"):
            facts[word] = rest
        elif word == "column":
            table, key, _, count = rest.split(" ")
            columns[(table, key.replace("~", " "))] = int(count)
        elif word == "node":
            key, x, y, size, label, name = rest.split("\t")
            seen_nodes[key] = (float(x), float(y), float(size), name)
            if label == "0":
                problems.append(f"node {key} has no label")
        elif word == "edge":
            key, weight, kind = rest.split("\t")
            seen_edges[key] = (float(weight), kind)
    if facts.get("nodes") != str(len(nodes)) or facts.get("edges") != str(len(edges)):
        problems.append(f"counts {facts} instead of {len(nodes)} nodes and {len(edges)} edges")
    for key, (x, y, size, name) in nodes.items():
        if key not in seen_nodes:
            problems.append(f"node {key} is gone")
            continue
        if appended:
            continue
        gx, gy, gsize, gname = seen_nodes[key]
        if abs(x - gx) > 0.01 or abs(y - gy) > 0.01 or abs(size - gsize) > 0.01:
            problems.append(f"node {key} moved from {x},{y},{size} to {gx},{gy},{gsize}")
        if name is not None and "\n" not in name and gname != name:
            problems.append(f"node {key} is called {gname!r} instead of {name!r}")
    for key, (weight, kind) in edges.items():
        if key not in seen_edges or seen_edges[key][1] != kind:
            problems.append(f"edge {key}: {seen_edges.get(key)} instead of {kind}")
    for key, count in filled.items():
        if columns.get(key) != count:
            problems.append(f"column {key}: {columns.get(key)} cells instead of {count}")
    return problems


def main(folder):
    if not shutil.which("javac"):
        print("SKIPPED: no Java compiler")
        return 0
    jar = find_toolkit()
    if jar is None:
        print("SKIPPED: gephi-toolkit cannot be had from Maven Central here; set LIAISON_GEPHI_TOOLKIT to its jar to run this")
        return 0
    print("engine:", pathlib.Path(jar).name)
    folder = pathlib.Path(folder)
    failed = 0
    with tempfile.TemporaryDirectory() as classes:
        source = pathlib.Path(__file__).resolve().parent / "gephi" / "GephiCheck.java"
        subprocess.run(["javac", "-encoding", "UTF-8", "-cp", jar, "-d", classes, str(source)], check=True)
        single = [p for p in sorted(folder.glob("*.gexf")) if p.stem not in ("lists", "empty")]
        cases = [([p], p) for p in single]
        cases += [([folder / "bankers.gexf", folder / "expanded.gexf"], folder / "expanded.gexf"),
                  ([folder / "static.gexf", folder / "bankers.gexf"], folder / "bankers.gexf")]
        for files, last in cases:
            name = " + ".join(f.name for f in files)
            try:
                problems = compare(run(jar, classes, files), *expected(last), len(files) > 1)
            except RuntimeError as error:
                problems = [str(error)]
            print(f"{name}: {'ok' if not problems else 'FAILED'}")
            for problem in problems[:20]:
                print("   ", problem[:400])
            failed += bool(problems)
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
