#!/usr/bin/env python3
"""The linter passes on every exported sample and fails on each negative fixture with the rule it is there for."""
import pathlib
import sys

import lint_gexf

CLEAN = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
  <meta lastmodifieddate="2026-01-15"><creator>x</creator><description>two people and a boat</description></meta>
  <graph mode="dynamic" defaultedgetype="directed" timeformat="date" timerepresentation="interval" timezone="UTC">
    <attributes class="node" mode="static">
      <attribute id="sanctioned" title="Sanctioned" type="boolean"/>
      <attribute id="programs" title="Programmes" type="string"/>
      <attribute id="modularity_class" title="Modularity Class" type="integer"/>
      <attribute id="datasets" title="Datasets" type="string"/>
      <attribute id="origin" title="Origin" type="string"/>
      <attribute id="first_seen" title="First seen" type="string"/>
    </attributes>
    <attributes class="edge" mode="static">
      <attribute id="role" title="Role" type="string"/>
      <attribute id="datasets" title="Datasets" type="string"/>
      <attribute id="origin" title="Origin" type="string"/>
      <attribute id="first_seen" title="First seen" type="string"/>
    </attributes>
    <nodes>
      <node id="p1" label="Ann Sample" start="2014-03-17"><attvalues><attvalue for="sanctioned" value="true"/><attvalue for="programs" value="A; B"/><attvalue for="modularity_class" value="0"/><attvalue for="datasets" value="d"/><attvalue for="origin" value="f:1"/></attvalues><viz:size value="100"/><viz:position x="-300" y="200" z="0"/><viz:color r="228" g="87" b="46"/></node>
      <node id="c1" label="Sample Ltd" start="2010-05-01" end="2022-02-28"><attvalues><attvalue for="datasets" value="d"/><attvalue for="origin" value="f:2"/></attvalues><viz:size value="52"/><viz:position x="300" y="-100" z="0"/><viz:color r="76" g="120" b="168"/></node>
      <node id="v1" label="MV Sample"><attvalues><attvalue for="datasets" value="d"/><attvalue for="origin" value="f:3"/></attvalues><viz:size value="4"/><viz:position x="0" y="-100" z="0"/><viz:color r="84" g="162" b="75"/></node>
    </nodes>
    <edges>
      <edge id="e1" source="p1" target="c1" kind="Ownership" label="owns" weight="1" start="2011-01-01" end="2018-06-30"><attvalues><attvalue for="role" value="owner"/><attvalue for="datasets" value="d"/><attvalue for="origin" value="f:4"/></attvalues></edge>
      <edge id="e2" source="p1" target="c1" kind="Directorship" label="director" weight="1"><attvalues><attvalue for="datasets" value="d"/><attvalue for="origin" value="f:5"/></attvalues><spells><spell start="2012-01-01" end="2013-01-01"/><spell start="2014-01-01"/></spells></edge>
      <edge id="e3" source="c1" target="v1" kind="Ownership" label="owns" weight="1"><attvalues><attvalue for="datasets" value="d"/><attvalue for="origin" value="f:6"/></attvalues></edge>
    </edges>
  </graph>
</gexf>
"""

# (what, text in CLEAN, replacement, rule that must fire)
NEGATIVE = [
    ("year-only date on an edge", 'start="2011-01-01"', 'start="2014"', "date"),
    ("day that does not exist", 'start="2011-01-01"', 'start="2011-02-30"', "date"),
    ("control character by reference", "Ann Sample", "x&#27;y", "character"),
    ("raw control character", "Ann Sample", "x\x1by", "character"),
    ("noncharacter", "Ann Sample", "x\uffffy", "character"),
    ("fractional colour", 'r="228"', 'r="10.5"', "viz"),
    ("colour out of range", 'r="228"', 'r="300"', "viz"),
    ("hex colour", '<viz:color r="228" g="87" b="46"/>', '<viz:color hex="#e4572e"/>', "viz"),
    ("unknown time zone", 'timezone="UTC"', 'timezone="Europe/Nowhere"', "time-settings"),
    ("no time zone", ' timezone="UTC"', "", "time-settings"),
    ("other time representation", 'timerepresentation="interval"', 'timerepresentation="timestamp"', "time-settings"),
    ("date-time format", 'timeformat="date"', 'timeformat="dateTime"', "time-settings"),
    ("edges without kind", ' kind="Ownership"', "", "kind"),
    ("parallel edges of one kind", 'kind="Directorship"', 'kind="Ownership"', "parallel"),
    ("INF in a value", 'value="A; B"', 'value="INFO"', "guard"),
    ("null as a value", 'value="A; B"', 'value="Null"', "guard"),
    ("yes for a boolean", 'for="sanctioned" value="true"', 'for="sanctioned" value="yes"', "value-type"),
    ("decimal for an integer", 'for="modularity_class" value="0"', 'for="modularity_class" value="3.0"', "value-type"),
    ("anyURI column", 'title="Programmes" type="string"', 'title="Programmes" type="anyURI"', "column-type"),
    ("metric of another type", 'title="Modularity Class" type="integer"', 'title="Modularity Class" type="string"', "metric-type"),
    ("reserved column", '<attribute id="role"', '<attribute id="weight"', "reserved"),
    ("upper-case column", '<attribute id="role"', '<attribute id="Role"', "column-id"),
    ("title twice", 'title="Role"', 'title="Datasets"', "column-title"),
    ("options", '<attribute id="role" title="Role" type="string"/>', '<attribute id="role" title="Role" type="string"><options>a|b</options></attribute>', "options"),
    ("two node blocks", '<attribute id="programs"', '</attributes><attributes class="node" mode="static"><attribute id="programs"', "blocks"),
    ("undeclared value", 'for="role"', 'for="rule"', "undeclared"),
    ("weight 0", 'label="owns" weight="1" start', 'label="owns" weight="0" start', "weight"),
    ("bare integer id", 'id="e1"', 'id="0"', "edge-id"),
    ("edge without id", ' id="e3"', "", "edge-id"),
    ("edge id twice", 'id="e2"', 'id="e1"', "edge-id"),
    ("node id twice", 'id="v1"', 'id="c1"', "node-id"),
    ("node id with a space around", 'node id="v1"', 'node id=" v1"', "node-id"),
    ("unknown end", 'target="v1"', 'target="v2"', "dangling"),
    ("mutual edge", '<edge id="e1"', '<edge id="e1" type="mutual"', "edge-type"),
    ("undirected edge against the default", '<edge id="e1"', '<edge id="e1" type="undirected"', "edge-type"),
    ("no default edge type", ' defaultedgetype="directed"', "", "default-type"),
    ("no label", ' label="MV Sample"', "", "label"),
    ("start after end", 'end="2018-06-30"', 'end="2010-06-30"', "interval"),
    ("overlapping spells", 'end="2013-01-01"', 'end="2015-01-01"', "spells"),
    ("open bound", '<edge id="e1"', '<edge id="e1" startopen="2011-01-01"', "time-form"),
    ("all sizes 10", None, None, "autoscale"),
    ("off centre", 'x="0" y="-100"', 'x="500" y="-100"', "autoscale"),
    ("two on one point", 'x="300" y="-100"', 'x="0" y="-100"', "stacked"),
    ("no provenance", '<attvalue for="origin" value="f:1"/>', "", "provenance"),
    ("long value", 'value="A; B"', 'value="' + "x" * 40000 + '"', "length"),
    ("no declaration", '<?xml version="1.0" encoding="UTF-8"?>\n', "", "declaration"),
    ("title in meta", "<creator>", "<title>t</title><creator>", "meta"),
    ("long description", "two people and a boat", "two people " * 40, "meta"),
    ("no version", ' version="1.3"', "", "version"),
    ("hierarchy", '<node id="v1"', '<node pid="c1" id="v1"', "hierarchy"),
    ("dynamic block", 'class="edge" mode="static"', 'class="edge" mode="dynamic"', "dynamic-block"),
    ("static with dates", 'mode="dynamic"', 'mode="static"', "static-time"),
]


def main(folder):
    failed = 0
    clean = lint_gexf.lint(CLEAN.encode())
    if clean:
        print("the clean example is not clean:", clean)
        failed += 1
    for what, old, new, rule in NEGATIVE:
        if old is None:
            text = CLEAN
            for size in ("100", "52", "4"):
                text = text.replace(f'viz:size value="{size}"', 'viz:size value="10"')
        else:
            if old not in CLEAN:
                print(f"fixture {what!r} changes nothing")
                failed += 1
            text = CLEAN.replace(old, new)
        rules = {r for r, _ in lint_gexf.lint(text.encode("utf-8", "surrogatepass"))}
        if rule not in rules:
            print(f"{what}: expected {rule}, found {sorted(rules)}")
            failed += 1
    files = sorted(pathlib.Path(folder).rglob("*.gexf"))
    for path in files:
        for rule, message in lint_gexf.lint(lint_gexf.read(path)):
            print(f"{path.name}: {rule}: {message}")
            failed += 1
    if not files:
        print("no sample to lint")
        failed += 1
    print(f"{len(NEGATIVE)} negative fixtures, {len(files)} samples, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
