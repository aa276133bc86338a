// The viewer: graphology holds the graph, sigma draws it. Positions, sizes and colours come ready from the export, so
// that the first picture needs no layout.
import { EdgeCurvedArrowProgram } from "@sigma/edge-curve";
import { createNodeBorderProgram } from "@sigma/node-border";
import Graph from "graphology";
import Sigma from "sigma";
import { showCard } from "./card.js";
import { data } from "./data.js";
import { $ } from "./dom.js";
import { buildFilters, buildSearch } from "./panel.js";
import { savePng, saveSvg } from "./save.js";
import { edgeVisible, nodeVisible, shortestPath, state } from "./state.js";

const LARGE = 20000; // edges from which they are not redrawn while moving

function build() {
  // Attributes that the first picture needs are set here, the reducers below change them when asked.
  const graph = new Graph({ multi: true, type: "directed" });
  data.nodes.forEach((node, index) => {
    // Gephi's radii, 4 to 100, on a scale of screen pixels.
    const size = 2.5 + 13 * ((node.r - 4) / 96) ** 0.7;
    graph.addNode(String(index), { x: node.x, y: node.y, size, label: node.n, color: data.types[node.t].colour,
      type: node.s ? "listed" : "circle", ring: ink() });
  });
  const pairs = new Map();
  data.edges.forEach((edge, index) => {
    const key = edge.a < edge.b ? `${edge.a} ${edge.b}` : `${edge.b} ${edge.a}`;
    const nth = pairs.get(key) ?? 0;
    pairs.set(key, nth + 1);
    graph.addEdgeWithKey(String(index), String(edge.a), String(edge.b), {
      size: edge.n ? 0.6 : 1,
      type: nth > 0 && data.edges.length <= LARGE ? "curved" : edge.u ? "line" : "arrow",
      curvature: 0.15 + 0.15 * nth,
      color: edgeColour(edge),
    });
  });
  return graph;
}

// Until something is asked for, all is drawn as it was built: the first picture needs no look at filters.
let asked = false;
const untouched = () => !asked;

const dark = () => document.documentElement.dataset.theme === "dark";
const ink = () => (dark() ? "#e8eaed" : "#1b1f24");
const paper = () => (dark() ? "#14171b" : "#ffffff");
const faint = () => (dark() ? "#23282e" : "#eceff2");
const edgeColour = (edge) => (edge.n ? (dark() ? "#8a6f3c" : "#c9a86a") : dark() ? "#4a525c" : "#c2c8cf");

function drawHover(context, node, settings) {
  const size = settings.labelSize;
  context.font = `600 ${size}px ${settings.labelFont}`;
  const text = node.label ?? "";
  const width = context.measureText(text).width;
  context.fillStyle = paper();
  context.strokeStyle = ink();
  context.beginPath();
  context.rect(node.x + node.size + 2, node.y - size, width + 8, size * 2);
  context.fill();
  context.stroke();
  context.beginPath();
  context.arc(node.x, node.y, node.size + 2, 0, 7);
  context.stroke();
  context.fillStyle = ink();
  context.fillText(text, node.x + node.size + 6, node.y + size / 3);
}

function start() {
  document.documentElement.dataset.theme =
    window.matchMedia?.("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.title = data.title || "liaison";
  $("title").textContent = data.title || "liaison";
  $("about").textContent = data.description;

  const graph = build();
  const focus = () => state.hovered ?? state.selected;
  const near = new Set();
  const updateNear = () => {
    near.clear();
    const node = focus();
    if (node !== null) graph.forEachNeighbor(node, (other) => near.add(other));
  };
  const nodeStands = (index) => {
    if (state.path) return state.path.nodes.has(index);
    if (focus() !== null) return index === focus() || near.has(index);
    return state.matches === null || state.matches.has(Number(index));
  };
  const edgeStands = (edge, source, target) => {
    if (state.path) return state.path.edges.has(edge);
    if (focus() !== null) return source === focus() || target === focus();
    return state.matches === null;
  };

  const renderer = new Sigma(graph, $("stage"), {
    defaultNodeType: "circle",
    defaultEdgeType: "arrow",
    edgeProgramClasses: { curved: EdgeCurvedArrowProgram },
    nodeProgramClasses: {
      listed: createNodeBorderProgram({
        borders: [{ size: { value: 0.28 }, color: { attribute: "ring", defaultValue: "#000000" } }, { size: { fill: true }, color: { attribute: "color" } }],
      }),
    },
    labelFont: "system-ui, sans-serif",
    labelRenderedSizeThreshold: data.nodes.length > 2000 ? 9 : 5,
    labelDensity: data.nodes.length > 2000 ? 0.4 : 1,
    labelColor: { color: ink() },
    hideEdgesOnMove: data.edges.length > LARGE,
    zIndex: data.nodes.length <= 5000,
    defaultDrawNodeHover: drawHover,
    nodeReducer: (index, attributes) => {
      if (untouched()) return attributes;
      const node = data.nodes[index];
      if (!nodeVisible(node)) return { ...attributes, hidden: true };
      if (!nodeStands(index)) return { ...attributes, color: faint(), ring: faint(), label: null, zIndex: 0 };
      const chosen = index === state.selected;
      return { ...attributes, ring: ink(), zIndex: 1, highlighted: chosen, forceLabel: chosen || Boolean(state.path) };
    },
    edgeReducer: (key, attributes) => {
      if (untouched()) return attributes;
      const edge = data.edges[key];
      if (!edgeVisible(edge) || !nodeVisible(data.nodes[edge.a]) || !nodeVisible(data.nodes[edge.b])) return { ...attributes, hidden: true };
      const stands = edgeStands(key, String(edge.a), String(edge.b));
      if (!stands) return { ...attributes, color: faint(), zIndex: 0 };
      const strong = Boolean(state.path) || focus() !== null;
      return { ...attributes, color: strong ? ink() : edgeColour(edge), size: strong ? 2 : attributes.size, zIndex: 1 };
    },
  });

  const redraw = () => {
    asked = true;
    updateNear();
    renderer.refresh({ skipIndexation: true });
  };
  const count = () => {
    const nodes = data.nodes.filter(nodeVisible).length;
    const edges = data.edges.filter((e) => edgeVisible(e) && nodeVisible(data.nodes[e.a]) && nodeVisible(data.nodes[e.b])).length;
    $("count").textContent = `${nodes} of ${data.nodes.length} nodes, ${edges} of ${data.edges.length} edges`;
  };
  const changed = () => {
    count();
    redraw();
  };
  const centre = (index) => {
    const place = renderer.getNodeDisplayData(index);
    if (place) renderer.getCamera().animate({ x: place.x, y: place.y, ratio: Math.min(0.5, renderer.getCamera().ratio) }, { duration: 300 });
  };
  /** The camera so that all these nodes are seen, left of the card. */
  const frame = (keys) => {
    const places = keys.map((key) => renderer.getNodeDisplayData(key));
    const [xs, ys] = [places.map((p) => p.x), places.map((p) => p.y)];
    const middle = (list) => (Math.min(...list) + Math.max(...list)) / 2;
    const extent = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
    const ratio = Math.min(1.4, Math.max(0.1, extent * 1.7));
    renderer.getCamera().animate({ x: middle(xs) + 0.12 * ratio, y: middle(ys), ratio }, { duration: 300 });
  };
  const close = () => {
    state.selected = state.path = state.pathFrom = null;
    $("card").hidden = true;
    redraw();
  };
  const open = (index) => {
    const key = String(index);
    if (state.pathFrom !== null && state.pathFrom !== key) {
      state.path = shortestPath(graph, state.pathFrom, key);
      if (!state.path) $("count").textContent = "no path between the two in what is visible";
      state.pathFrom = null;
    } else {
      state.path = null;
    }
    state.selected = key;
    showCard(graph, key, { open, close, pathFrom });
    if (state.path) frame([...state.path.nodes]);
    else centre(key);
    redraw();
  };
  const pathFrom = (index) => {
    state.pathFrom = String(index);
    $("count").textContent = "now click or search the other end of the path";
  };
  const fit = () => renderer.getCamera().animatedReset({ duration: 300 });

  renderer.on("enterNode", ({ node }) => { state.hovered = node; redraw(); });
  renderer.on("leaveNode", () => { state.hovered = null; redraw(); });
  renderer.on("clickNode", ({ node }) => open(node));
  renderer.on("clickStage", () => close());

  buildFilters(changed);
  const clearSearch = buildSearch(open, changed);
  const clear = () => {
    clearSearch();
    close();
    count();
  };
  const theme = () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    renderer.setSetting("labelColor", { color: ink() });
    redraw();
  };
  const move = (x, y) => {
    const camera = renderer.getCamera();
    camera.setState({ x: camera.x + x * camera.ratio, y: camera.y + y * camera.ratio });
  };
  const next = () => {
    if (state.selected === null) return;
    const neighbours = graph.neighbors(state.selected).filter((n) => nodeVisible(data.nodes[n]));
    if (neighbours.length > 0) open(neighbours[0]);
  };
  const keys = {
    "/": () => $("search").focus(), Escape: clear, f: fit, t: theme, n: next, p: () => state.selected !== null && pathFrom(state.selected),
    "+": () => renderer.getCamera().animatedZoom(1.5), "-": () => renderer.getCamera().animatedUnzoom(1.5),
    ArrowLeft: () => move(-0.1, 0), ArrowRight: () => move(0.1, 0), ArrowUp: () => move(0, 0.1), ArrowDown: () => move(0, -0.1),
    "?": () => { $("help").hidden = !$("help").hidden; },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.ctrlKey || event.altKey || event.metaKey || (typing && event.key !== "Escape")) return;
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
    if (event.key === "Escape") $("stage").focus();
  });
  $("fit").addEventListener("click", fit);
  $("clear").addEventListener("click", clear);
  $("theme").addEventListener("click", theme);
  $("keys").addEventListener("click", keys["?"]);
  $("png").addEventListener("click", () => savePng(renderer, paper()));
  $("svg").addEventListener("click", () => saveSvg(renderer, graph, paper(), ink()));
  count();
  // The constructor has drawn already; the frame after it is the one the reader sees.
  requestAnimationFrame(() => performance.mark("first-picture"));
  // For tests and for the curious in the console.
  window.liaison = { renderer, graph, state, open };
}

start();
