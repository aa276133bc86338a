// graphology-gexf in strict mode (what Gephi Lite and sigma read with) takes every GEXF sample: counts and names stay.
// Usage: node read_gexf.mjs SAMPLES (from the viewer's build folder)
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { MultiDirectedGraph } from "graphology";
import gexf from "graphology-gexf";

const folder = resolve(process.argv[2]);
let passed = 0;
let failed = 0;
for (const file of readdirSync(folder).filter((name) => name.endsWith(".gexf"))) {
  try {
    const text = readFileSync(join(folder, file), "utf8");
    const [nodes, edges] = readFileSync(join(folder, `${file}.counts`), "utf8").trim().split(" ").map(Number);
    const graph = gexf.parse(MultiDirectedGraph, text, { allowUndeclaredAttributes: false, respectInputGraphType: true });
    if (graph.order !== nodes || graph.size !== edges) throw new Error(`${graph.order} nodes, ${graph.size} edges instead of ${nodes}, ${edges}`);
    graph.forEachNode((node, attributes) => {
      if (!attributes.label || typeof attributes.x !== "number" || typeof attributes.size !== "number") throw new Error(`node ${node} lacks label or place`);
      if (attributes.sanctioned !== undefined && typeof attributes.sanctioned !== "boolean") throw new Error(`node ${node}: sanctioned is no boolean`);
    });
    graph.forEachEdge((edge, attributes) => {
      if (!attributes.label) throw new Error(`edge ${edge} has no label`);
    });
    passed++;
  } catch (error) {
    failed++;
    console.log(`${file}: FAILED: ${error.message}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
