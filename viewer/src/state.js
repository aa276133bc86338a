// What the reader has asked for, and what follows from it for each node and edge.
import { data, holds } from "./data.js";

export const state = {
  hidden: { type: new Set(), dataset: new Set(), programme: new Set(), kind: new Set() },
  listedOnly: false,
  withoutNews: false,
  day: null,
  hovered: null,
  selected: null,
  path: null, // { nodes: Set, edges: Set } while a path is shown
  pathFrom: null,
  matches: null, // Set of node indices while searching
};

const allHidden = (values, hidden) => values.length > 0 && values.every((value) => hidden.has(value));

export function nodeVisible(node) {
  const { hidden } = state;
  if (hidden.type.has(node.t) || allHidden(node.d, hidden.dataset) || allHidden(node.p ?? [], hidden.programme)) return false;
  if (state.listedOnly && !node.s) return false;
  return state.day === null || holds(node.w, state.day);
}

export function edgeVisible(edge) {
  if (state.hidden.kind.has(edge.k) || (state.withoutNews && edge.n)) return false;
  return state.day === null || holds(edge.w, state.day);
}

/** Breadth first over what is visible, direction ignored. Null when there is no way. */
export function shortestPath(graph, from, to) {
  const before = new Map([[from, null]]);
  const queue = [from];
  for (let i = 0; i < queue.length && !before.has(to); i++) {
    graph.forEachEdge(queue[i], (edge, _attributes, source, target) => {
      const other = source === queue[i] ? target : source;
      if (before.has(other) || !edgeVisible(data.edges[edge]) || !nodeVisible(data.nodes[other])) return;
      before.set(other, [queue[i], edge]);
      queue.push(other);
    });
  }
  if (!before.has(to)) return null;
  const path = { nodes: new Set([to]), edges: new Set() };
  for (let at = to; before.get(at); at = before.get(at)[0]) {
    path.nodes.add(before.get(at)[0]);
    path.edges.add(before.get(at)[1]);
  }
  return path;
}
