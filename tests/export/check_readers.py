#!/usr/bin/env python3
"""Each format is read back by a program that is not ours, with the same counts and the same names.

The readers come from PyPI into a virtual environment below the build folder (requirements.txt, pinned); where that cannot be
made, what this Python happens to have is used and the rest says SKIPPED. Usage: check_readers.py SAMPLES"""
import csv
import importlib
import json
import os
import pathlib
import re
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent
csv.field_size_limit(1 << 24)


class Skipped(Exception):
    """A reader that this machine lacks."""


def enter_environment(folder):
    """Runs this file again with the Python that has the readers."""
    home = folder.parent / "readers"
    python = home / "bin" / "python"
    stamp = home / "installed"
    wanted = (HERE / "requirements.txt").read_text()
    if not (stamp.exists() and stamp.read_text() == wanted):
        try:
            venv.create(home, with_pip=True, clear=True)
            subprocess.run([python, "-m", "pip", "install", "-q", "-r", HERE / "requirements.txt"], check=True, timeout=600)
            stamp.write_text(wanted)
        except (OSError, subprocess.SubprocessError) as error:
            print(f"the readers cannot be installed here ({error}); using what is at hand")
            return
    os.environ["LIAISON_READERS"] = "1"
    os.execv(python, [str(python), __file__, *sys.argv[1:]])


def need(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        raise Skipped(f"{name} is not installed") from None


def same(what, seen, expected):
    if seen != expected:
        extra = f"{len(seen)} against {len(expected)}" if hasattr(seen, "__len__") and not isinstance(seen, str) else f"{seen} against {expected}"
        if isinstance(seen, dict):
            extra += "; first: " + repr(next(((k, seen.get(k), v) for k, v in expected.items() if seen.get(k) != v), None))[:300]
        raise AssertionError(f"{what}: {extra}")


def unguard(text):
    return text.replace("\u2060", "")


class Sample:
    """Reads what every format must agree with from the Cytoscape JSON, which Python's own parser reads."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        elements = json.loads((folder / f"{name}.cyjs").read_text(encoding="utf-8"))["elements"]
        self.names = {n["data"]["id"]: n["data"]["name"] for n in elements["nodes"]}
        self.edges = sorted((e["data"]["source"], e["data"]["target"], e["data"]["interaction"]) for e in elements["edges"])
        self.edge_labels = {e["data"]["id"]: e["data"]["label"] for e in elements["edges"]}
        counts = (folder / f"{name}.gexf.counts").read_text().split()
        same("counts of cyjs", [str(len(self.names)), str(len(self.edges))], counts)

    def path(self, ending):
        return self.folder / f"{self.name}{ending}"


def read_networkx(sample):
    networkx = need("networkx")
    graph = networkx.read_gexf(sample.path(".gexf"))
    same("nodes", {k: unguard(v["Name"]) for k, v in graph.nodes(data=True)}, sample.names)
    same("edges", graph.number_of_edges(), len(sample.edges))
    old = sample.folder / "old" / f"{sample.name}.gexf"
    if old.exists():
        same("1.2 nodes", networkx.read_gexf(old, version="1.2draft").number_of_nodes(), len(sample.names))
    graph = networkx.read_graphml(sample.path(".graphml"), force_multigraph=True)
    same("GraphML nodes", {k: unguard(v["name"]) for k, v in graph.nodes(data=True)}, sample.names)
    same("GraphML edges", sorted((s, t, d["kind"]) for s, t, d in graph.edges(data=True)), sample.edges)
    same("yEd nodes", networkx.read_graphml(sample.path(".yed.graphml")).number_of_nodes(), len(sample.names))


def read_igraph(sample):
    graph = need("igraph").Graph.Read_GraphML(str(sample.path(".graphml")))
    same("nodes", {v["id"]: unguard(v["name"]) for v in graph.vs}, sample.names)
    same("edges", graph.ecount(), len(sample.edges))


def read_csv(sample):
    def rows(path, encoding="utf-8"):
        with open(path, encoding=encoding, newline="") as stream:
            return list(csv.DictReader(stream))

    def plain(text):  # the apostrophe against formulas
        return text[1:] if text[:1] == "'" and text[1:2] in "=+-@\t\r" else text

    nodes = rows(sample.path(".csv") / "nodes.csv")
    same("names", {n["Id"]: plain(n["name"]) for n in nodes}, sample.names)
    edges = rows(sample.path(".csv") / "edges.csv")
    same("edges", sorted((e["Source"], e["Target"], e["Kind"]) for e in edges), sample.edges)
    for row in nodes + edges:
        for cell in row.values():
            if cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and not re.fullmatch(r"-?\d+(\.\d+)?", cell)):
                raise AssertionError(f"a spreadsheet would take {cell[:40]!r} for a formula")
    links = [r for r in rows(sample.path(".i2.csv"), "utf-8-sig") if r["End2 Id"]]
    same("i2", sorted((e["End1 Id"], e["End2 Id"], e["Link Type"]) for e in links), sample.edges)
    nodes = rows(sample.path(".neo4j") / "nodes.csv")
    same("Neo4j names", {n["id:ID(Entity)"]: n["name:string"] for n in nodes}, sample.names)
    edges = rows(sample.path(".neo4j") / "relationships.csv")
    same("Neo4j edges", len(edges), len(sample.edges))
    for edge in edges:
        if not re.fullmatch(r"[A-Z_][A-Z0-9_]*", edge[":TYPE"]):
            raise AssertionError(f"Neo4j type {edge[':TYPE']!r}")


def read_cypher(sample):
    """No Cypher parser is packaged: literals and brackets are read by hand, with the early \\uXXXX step of Neo4j."""
    text = sample.path(".cypher").read_text(encoding="utf-8")
    text = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda m: chr(int(m.group(1), 16)), text)
    literal = re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL)
    rest = literal.sub("''", text)
    if "'" in rest.replace("''", ""):
        raise AssertionError("an open literal")
    same("merged nodes", rest.count("  {id: ''"), len(sample.names))
    same("merged edges", rest.count("{source: ''"), len(sample.edges))
    for statement in rest.split(";\n"):
        if statement.strip() and not re.match(r"\s*(CREATE CONSTRAINT|UNWIND \[)", statement):
            raise AssertionError(f"statement {statement[:60]!r}")


def read_dot(sample):
    pydot = need("pydot")
    graph = pydot.graph_from_dot_data(sample.path(".dot").read_text(encoding="utf-8"))[0]
    names = {n.get_name().strip('"') for n in graph.get_nodes()} - {"node", "edge", "graph", "\\n", "\\r\\n"}
    same("nodes", len(names), len(sample.names))
    same("edges", len(graph.get_edges()), len(sample.edges))


def read_ftm(sample):
    ftm = need("followthemoney")
    captions, relations = {}, 0
    for line in sample.path(".ftm.json").read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        data = json.loads(line)
        schema = ftm.model.get(data["schema"])
        if schema is None:
            raise AssertionError(f"schema {data['schema']}")
        for name in data["properties"]:
            if name not in schema.properties and name not in ("evidence", "modality"):
                raise AssertionError(f"{data['schema']} has no property {name}")
        if schema.edge:
            relations += 1
            for end in (schema.edge_source, schema.edge_target):
                if data["properties"][end][0] not in sample.names:
                    raise AssertionError(f"{data['id']}: end {data['properties'][end]}")
        else:
            captions[data["id"]] = data["caption"]
    same("captions", captions, sample.names)
    if relations == 0:
        raise AssertionError("no relationship")


def read_stix(sample):
    stix2 = need("stix2")
    bundle = stix2.parse(sample.path(".stix.json").read_text(encoding="utf-8"), allow_custom=False, version="2.1")
    relationships = [o for o in bundle.objects if o["type"] == "relationship"]
    same("relationships", len(relationships), len(sample.edges))
    known = {o["id"] for o in bundle.objects}
    same("objects", len(known), len(sample.names) + len(sample.edges) + 2)
    for relation in relationships:
        if relation["source_ref"] not in known or relation["target_ref"] not in known:
            raise AssertionError(f"{relation['id']} leads nowhere")
    names = sorted(o["name"] for o in bundle.objects if o["type"] in ("identity", "location", "report"))
    same("names", names, sorted([*sample.names.values(), "liaison"]))


def read_misp(sample):
    event = need("pymisp").MISPEvent()
    event.load(json.loads(sample.path(".misp.json").read_text(encoding="utf-8")))
    same("objects", len(event.objects), len(sample.names))
    known = {o.uuid for o in event.objects}
    references = [r for o in event.objects for r in o.references]
    same("references", len(references), len(sample.edges))
    if any(r.referenced_uuid not in known for r in references):
        raise AssertionError("a reference leads nowhere")
    values = {a.value for o in event.objects for a in o.attributes}
    # MISP trims values, so names are compared trimmed.
    missing = {n.strip() for n in sample.names.values()} - {str(v).strip() for v in values}
    same("missing names", missing, set())


def read_jsonld(sample):
    pyld = need("pyld")
    document = json.loads(sample.path(".jsonld").read_text(encoding="utf-8"))
    expanded = pyld.jsonld.expand(document)
    links = [o for o in expanded if o["@type"] == ["urn:liaison:term:Relationship"]]
    same("relationships", len(links), len(sample.edges))
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    names = sorted(o[label][0]["@value"] for o in expanded if o not in links)
    same("names", names, sorted(sample.names.values()))


READERS = [read_networkx, read_igraph, read_csv, read_cypher, read_dot, read_ftm, read_stix, read_misp, read_jsonld]


def main(folder):
    passed = failed = skipped = 0
    for name in ("bankers", "hostile"):
        sample = Sample(folder, name)
        for reader in READERS:
            try:
                reader(sample)
                passed += 1
                print(f"{name} {reader.__name__}: ok")
            except Skipped as reason:
                skipped += 1
                print(f"SKIPPED: {name} {reader.__name__}: {reason}")
            except Exception as error:  # a reader's own exception is what this looks for
                failed += 1
                print(f"{name} {reader.__name__}: FAILED: {type(error).__name__}: {str(error)[:600]}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    samples = pathlib.Path(sys.argv[1]).resolve()
    if "LIAISON_READERS" not in os.environ:
        enter_environment(samples)
    sys.exit(main(samples))
