#!/usr/bin/env python3
"""Lints GEXF for what Gephi, NetworkX, graphology and Gephi Lite really do with it. Usage: lint_gexf.py FILE...

Each finding is one line, "FILE: rule: message". Exit 1 when there is any. The rules are those of the checklist in
docs/export.md; `lint` returns them as (rule, message) pairs."""
import datetime
import gzip
import math
import re
import sys
import xml.etree.ElementTree as ET
import zoneinfo

NAMESPACES = {"1.3": "http://gexf.net/1.3", "1.2": "http://www.gexf.net/1.2draft"}
TYPES = {"boolean", "integer", "long", "double", "float", "string", "liststring"}
RESERVED = {"node": {"id", "label", "timeset", "source", "target", "type", "kind"},
            "edge": {"id", "label", "timeset", "weight", "source", "target", "type", "kind"}}
GEPHI_METRICS = {"degree": "integer", "indegree": "integer", "outdegree": "integer", "weighted degree": "double",
                 "modularity_class": "integer", "componentnumber": "integer", "pageranks": "double",
                 "betweenesscentrality": "double"}
LIMIT = 32768
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
REFERENCE = re.compile(r"&#(x[0-9A-Fa-f]+|[0-9]+);")


def day(text):
    """A whole calendar day as Gephi's date reader takes it on edges and spells."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text or ""):
        raise ValueError(f"{text!r} is no whole day")
    return datetime.date.fromisoformat(text)


def lint_bytes(raw, found):
    if not raw.startswith(b'<?xml version="1.0" encoding="UTF-8"?>'):
        found("declaration", "no XML declaration with UTF-8 at the start")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        found("encoding", str(error))
        return None
    bad = FORBIDDEN.search(text)
    if bad:
        found("character", f"U+{ord(bad.group()):04X} at offset {bad.start()}")
    for reference in REFERENCE.finditer(text):
        code = reference.group(1)
        code = int(code[1:], 16) if code[0] == "x" else int(code)
        if code > 0x10FFFF or FORBIDDEN.match(chr(code)):
            found("character", f"reference to U+{code:04X}")
            return None
    return text


def local(tag):
    return tag.rsplit("}", 1)[-1]


def lint_columns(graph, found):
    columns = {"node": {}, "edge": {}}
    blocks = [child for child in graph if local(child.tag) == "attributes"]
    order = [local(child.tag) for child in graph]
    if sorted(block.get("class", "") for block in blocks) != ["edge", "node"]:
        found("blocks", "not exactly one attributes block for nodes and one for edges")
    if order != ["attributes"] * len(blocks) + ["nodes", "edges"]:
        found("order", f"children of graph are {order}")
    for block in blocks:
        kind = block.get("class", "")
        if block.get("mode") == "dynamic":
            found("dynamic-block", "a dynamic attributes block")
        ids, titles = set(), set()
        for attribute in block:
            key, title, type_ = (attribute.get(name) for name in ("id", "title", "type"))
            if not re.fullmatch(r"[a-z][a-z0-9_]*( degree| indegree| outdegree)?", key or ""):
                found("column-id", f"{key!r}")
            if key in RESERVED.get(kind, ()):
                found("reserved", f"{kind} column {key!r}")
            if key in ids:
                found("column-id", f"{key!r} twice")
            if not title or title in titles:
                found("column-title", f"{title!r} missing or twice")
            if type_ not in TYPES:
                found("column-type", f"{key}: {type_!r}")
            if kind == "node" and GEPHI_METRICS.get(key, type_) != type_:
                found("metric-type", f"{key} is {type_}, Gephi's is {GEPHI_METRICS[key]}")
            if len(attribute):
                found("options", f"{key} has {local(attribute[0].tag)}")
            ids.add(key)
            titles.add(title)
            if kind in columns:
                columns[kind][key] = type_
    return columns


def lint_value(type_, value, found, where):
    try:
        if type_ == "boolean":
            if value not in ("true", "false"):
                raise ValueError("boolean must be true or false")
        elif type_ in ("integer", "long"):
            int(value)
        elif type_ in ("double", "float"):
            if not re.fullmatch(r"-?\d+(\.\d+)?", value):
                raise ValueError("not a plain decimal")
        elif type_ == "liststring" and not (value.startswith("[") and value.endswith("]")):
            raise ValueError("no list")
    except ValueError as error:
        found("value-type", f"{where}: {value[:60]!r}: {error}")
    if type_ in ("string", "liststring"):
        if "INF" in value:
            found("guard", f"{where}: INF in {value[:60]!r} becomes Infinity")
        if value.lower() == "null":
            found("guard", f"{where}: {value!r} is read as no value")
    if len(value.encode()) > LIMIT:
        found("length", f"{where}: {len(value)} characters")


def lint_values(element, columns, found, where):
    for child in element:
        if local(child.tag) != "attvalues":
            continue
        seen = set()
        for value in child:
            key = value.get("for")
            if key not in columns:
                found("undeclared", f"{where}: {key!r}")
                continue
            if key in seen:
                found("undeclared", f"{where}: {key!r} twice")
            seen.add(key)
            if value.get("value", "") == "":
                found("empty-value", f"{where}: {key}")
            lint_value(columns[key], value.get("value", ""), found, f"{where} {key}")


def lint_time(element, dynamic, found, where, dates):
    spans = []
    for holder in [element] + [spell for child in element if local(child.tag) == "spells" for spell in child]:
        start, end = holder.get("start"), holder.get("end")
        if start is None and end is None:
            continue
        if not dynamic:
            found("static-time", f"{where} has dates in a static graph")
        try:
            low = day(start) if start is not None else datetime.date.min
            high = day(end) if end is not None else datetime.date.max
        except ValueError as error:
            found("date", f"{where}: {error}")
            continue
        dates.update(d for d, given in ((low, start), (high, end)) if given is not None)
        if low > high:
            found("interval", f"{where}: {start} after {end}")
        spans.append((low, high))
    for before, after in zip(spans, spans[1:]):
        if before[1] >= after[0]:
            found("spells", f"{where}: spells overlap, touch or are not sorted")
    for name in ("startopen", "endopen", "timestamp", "timestamps", "intervals"):
        if element.get(name) is not None:
            found("time-form", f"{where}: {name}")


def lint_picture(nodes, found):
    sizes, xs, ys, places = [], [], [], set()
    for node in nodes:
        where = f"node {node.get('id')!r}"
        parts = {local(child.tag): child for child in node}
        try:
            for channel in "rgb":
                value = parts["color"].get(channel)
                if not re.fullmatch(r"\d{1,3}", value or "") or int(value) > 255:
                    raise ValueError(f"colour channel {channel}={value!r}")
            if parts["color"].get("hex"):
                raise ValueError("hex colour, which NetworkX cannot read")
            sizes.append(float(parts["size"].attrib["value"]))
            x, y = float(parts["position"].attrib["x"]), float(parts["position"].attrib["y"])
        except (KeyError, ValueError) as error:
            found("viz", f"{where}: {error}")
            continue
        xs.append(x)
        ys.append(y)
        if (x, y) in places:
            found("stacked", f"{where} lies on another")
        places.add((x, y))
    if not sizes:
        return
    low, high = min(sizes), max(sizes)
    if (low, high) != (4, 100) and (low, high) != (4, 4):
        found("autoscale", f"radii from {low} to {high}; Gephi keeps them only from 4 to 100 or all 4")
    if abs(math.fsum(xs) / len(xs)) > 0.01 or abs(math.fsum(ys) / len(ys)) > 0.01:
        found("autoscale", "mean position is not 0")
    if max(map(abs, xs + ys)) > 5000:
        found("autoscale", "a coordinate beyond 5000")


def lint_edges(edges, ids, columns, default, dynamic, dates, found):
    edge_ids, keys, kinds, symmetry = set(), set(), set(), {}
    for edge in edges:
        key = edge.get("id")
        where = f"edge {key!r}"
        if not key:
            found("edge-id", "an edge without id")
        elif key in edge_ids:
            found("edge-id", f"{key!r} twice")
        elif re.fullmatch(r"\d+", key):
            found("edge-id", f"{key!r} is a bare integer")
        edge_ids.add(key)
        for end in ("source", "target"):
            if edge.get(end) not in ids:
                found("dangling", f"{where}: {end} {edge.get(end)!r} is no node")
        kind = edge.get("kind")
        if not kind:
            found("kind", f"{where} has none")
        kinds.add(kind)
        if edge.get("type") not in (None, default):
            found("edge-type", f"{where}: {edge.get('type')!r} against the default")
        parallel = (edge.get("source"), edge.get("target"), kind)
        if parallel in keys:
            found("parallel", f"{where}: second edge of {parallel}")
        keys.add(parallel)
        try:
            if not float(edge.get("weight", "1")) > 0:
                raise ValueError
        except ValueError:
            found("weight", f"{where}: {edge.get('weight')!r}")
        if not edge.get("label"):
            found("label", f"{where} has none")
        mutual = next((v.get("value") for c in edge for v in c if v.get("for") == "symmetric"), None)
        if symmetry.setdefault(kind, mutual) != mutual:
            found("symmetric", f"kind {kind!r} is used with and without direction")
        lint_values(edge, columns["edge"], found, where)
        lint_time(edge, dynamic, found, where, dates)
    if len(kinds) > 50:
        found("kind", f"{len(kinds)} kinds")


def lint_provenance(elements, columns, found, what):
    for column in ("datasets", "first_seen"):
        if column not in columns:
            found("provenance", f"no column {column}")
    for element in elements:
        values = {v.get("for") for c in element if local(c.tag) == "attvalues" for v in c}
        if "datasets" not in values or not values & {"source_url", "origin"}:
            found("provenance", f"{what} {element.get('id')!r} names neither dataset nor source")


def lint(raw):
    findings = []

    def found(rule, message):
        findings.append((rule, message))

    text = lint_bytes(raw, found)
    if text is None:
        return findings
    try:
        root = ET.fromstring(text.encode())
    except ET.ParseError as error:
        found("well-formed", str(error))
        return findings
    version = root.get("version")
    if NAMESPACES.get(version) is None or root.tag != "{%s}gexf" % NAMESPACES.get(version):
        found("version", f"{version!r} in {root.tag!r}")
    graph = next((child for child in root if local(child.tag) == "graph"), None)
    if graph is None:
        found("well-formed", "no graph")
        return findings
    for meta in (child for child in root if local(child.tag) == "meta"):
        for child in meta:
            if local(child.tag) not in ("creator", "description", "keywords"):
                found("meta", f"{local(child.tag)} in meta")
            if len(child.text or "") > 300:
                found("meta", "text over 300 characters")
    default = graph.get("defaultedgetype")
    if default not in ("directed", "undirected"):
        found("default-type", f"{default!r}")
    if graph.get("mode") not in ("static", "dynamic"):
        found("mode", f"{graph.get('mode')!r}")
    dynamic = graph.get("mode") == "dynamic"
    if graph.get("timeformat") != "date":
        found("time-settings", f"timeformat {graph.get('timeformat')!r}")
    if version == "1.3":
        if graph.get("timerepresentation") != "interval":
            found("time-settings", f"timerepresentation {graph.get('timerepresentation')!r}")
        zone = graph.get("timezone")
        if zone != "UTC":
            found("time-settings", f"timezone {zone!r}")
        elif zone not in zoneinfo.available_timezones() | {"UTC"}:
            found("time-settings", "unknown timezone")
    columns = lint_columns(graph, found)
    nodes = [n for child in graph if local(child.tag) == "nodes" for n in child]
    edges = [e for child in graph if local(child.tag) == "edges" for e in child]
    ids, dates = set(), set()
    for node in nodes:
        key = node.get("id")
        if not key or key != " ".join(key.split()):
            found("node-id", f"{key!r}")
        if key in ids:
            found("node-id", f"{key!r} twice")
        ids.add(key)
        if not node.get("label"):
            found("label", f"node {key!r} has none")
        if node.get("pid") or any(local(c.tag) == "nodes" for c in node):
            found("hierarchy", f"node {key!r}")
        lint_values(node, columns["node"], found, f"node {key!r}")
        lint_time(node, dynamic, found, f"node {key!r}", dates)
    lint_edges(edges, ids, columns, default, dynamic, dates, found)
    if dynamic and len(dates) < 2:
        found("timeline", "dynamic with fewer than two distinct dates")
    lint_picture(nodes, found)
    lint_provenance(nodes, columns["node"], found, "node")
    lint_provenance(edges, columns["edge"], found, "edge")
    return findings


def read(path):
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rb") as stream:
        return stream.read()


if __name__ == "__main__":
    count = 0
    for path in sys.argv[1:]:
        for rule, message in lint(read(path)):
            print(f"{path}: {rule}: {message}")
            count += 1
    sys.exit(1 if count else 0)
