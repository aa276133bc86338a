#!/usr/bin/env python3
"""NetworkX' write_gexf on a graph of the size and columns of `bench_export gexf`: the figure beside ours in docs/bench/export.md."""
import resource
import sys
import time

import networkx

NODES, EDGES = 100_000, 300_000
graph = networkx.MultiDiGraph()
for i in range(NODES):
    graph.add_node(f"x-{i:07}", label=f"Olga Testova {i}", **{f"column{c}": f"value {c} of {i}" for c in range(14)}, sanctioned=True, degree=i % 9)
for i in range(EDGES):
    graph.add_edge(f"x-{i * 7919 % NODES:07}", f"x-{i * 104729 % NODES:07}", key=f"r-{i}", id=f"r-{i}", weight=1.0,
                   **{f"column{c}": f"value {c} of {i}" for c in range(9)}, news=False)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
wall, processor = time.perf_counter(), time.process_time()
networkx.write_gexf(graph, sys.argv[1])
print(f"networkx {networkx.__version__}: {time.perf_counter() - wall:.1f} s ({time.process_time() - processor:.1f} s of processor time), "
      f"{(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f} MB over the graph's {before / 1024:.0f} MB")
