// The picture as a file: PNG from the canvases, SVG drawn anew from what is visible.
import { data } from "./data.js";
import { download } from "./dom.js";
import { edgeVisible, nodeVisible } from "./state.js";

export function savePng(renderer, background) {
  const { width, height } = renderer.getDimensions();
  const ratio = window.devicePixelRatio || 1;
  const picture = document.createElement("canvas");
  picture.width = width * ratio;
  picture.height = height * ratio;
  const pen = picture.getContext("2d");
  pen.fillStyle = background;
  pen.fillRect(0, 0, picture.width, picture.height);
  // WebGL keeps its pixels only until the browser shows them: draw and read in one go.
  renderer.refresh({ schedule: false });
  for (const name of ["edges", "edgeLabels", "nodes", "labels", "hovers", "hoverNodes"]) {
    const layer = renderer.getCanvases()[name];
    if (layer) pen.drawImage(layer, 0, 0, picture.width, picture.height);
  }
  picture.toBlob((blob) => download("graph.png", blob), "image/png");
}

export function saveSvg(renderer, graph, background, foreground) {
  const SVG = "http://www.w3.org/2000/svg";
  const { width, height } = renderer.getDimensions();
  const root = document.createElementNS(SVG, "svg");
  const put = (parent, tag, attributes, text) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    if (text !== undefined) element.textContent = text;
    parent.append(element);
  };
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "sans-serif" })) {
    root.setAttribute(name, String(value));
  }
  put(root, "rect", { width, height, fill: background });
  const place = (index) => renderer.graphToViewport(graph.getNodeAttributes(index));
  graph.forEachEdge((edge, _attributes, source, target) => {
    if (!edgeVisible(data.edges[edge]) || !nodeVisible(data.nodes[source]) || !nodeVisible(data.nodes[target])) return;
    const from = place(source);
    const to = place(target);
    put(root, "line", { x1: from.x.toFixed(1), y1: from.y.toFixed(1), x2: to.x.toFixed(1), y2: to.y.toFixed(1), stroke: "#999",
      "stroke-width": 0.7 });
  });
  const labelled = new Set(renderer.getNodeDisplayedLabels());
  graph.forEachNode((index, attributes) => {
    const node = data.nodes[index];
    if (!nodeVisible(node)) return;
    const { x, y } = place(index);
    const r = renderer.scaleSize(attributes.size);
    put(root, "circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1), fill: data.types[node.t].colour,
      stroke: node.s ? foreground : "none", "stroke-width": node.s ? 2 : 0 });
    if (labelled.has(index)) put(root, "text", { x: (x + r + 3).toFixed(1), y: (y + 4).toFixed(1), "font-size": 12, fill: foreground }, node.n);
  });
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}`;
  download("graph.svg", new Blob([text], { type: "image/svg+xml" }));
}
