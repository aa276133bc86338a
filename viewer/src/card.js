// The card of an entity: what the lists say, its relationships with their evidence, its sources.
import { data, detailsOf, isoDay } from "./data.js";
import { $, link, make } from "./dom.js";

const TITLES = {
  aliases: "Also called", programs: "Programmes", topics: "Topics", countries: "Countries", birth_date: "Born or founded",
  identifiers: "Identifiers", datasets: "Datasets", source_url: "Sources", origin: "Position in the source",
  first_seen: "First seen", last_seen: "Last seen", start_text: "From, as published", end_text: "Until, as published",
  date_precision: "Date precision", referents: "Source ids", distance: "Distance", role: "Role", percentage: "Share",
};

function field(name, value) {
  const list = make("dl", {}, make("dt", {}, TITLES[name] ?? name));
  for (const text of Array.isArray(value) ? value : [value]) list.append(make("dd", {}, link(String(text))));
  return list;
}

function spans(list) {
  if (!list || list.length === 0) return "";
  return list.map(([first, last]) => `${first === null ? "…" : isoDay(first)} – ${last === null ? "…" : isoDay(last)}`).join("; ");
}

function relation(graph, edge, index, open) {
  const drawn = data.edges[edge];
  const detail = detailsOf("edges", edge);
  const [source, target] = graph.extremities(edge);
  const other = source === index ? target : source;
  const arrow = drawn.u ? "↔" : source === index ? "→" : "←";
  const box = make("div", { class: "relation" }, `${drawn.l} (${drawn.k}) ${arrow} `,
    make("button", { class: "link", onclick: () => open(other) }, data.nodes[other].n));
  if (drawn.n) box.append(make("p", { class: "soft" }, "from a news article, not from a list"));
  if (drawn.w) box.append(make("p", { class: "soft" }, spans(drawn.w)));
  for (const sentence of detail.evidence ?? []) box.append(make("blockquote", {}, sentence));
  for (const url of detail.source_url ?? []) box.append(make("p", { class: "soft" }, link(url)));
  box.append(make("p", { class: "soft" }, [...(detail.datasets ?? []), ...(detail.origin ?? [])].join(" · ")));
  return box;
}

/** Shows the card of a node; `open` is called with the index of another one that is clicked in it. */
export function showCard(graph, index, actions) {
  const node = data.nodes[index];
  const detail = detailsOf("nodes", index);
  const card = $("card");
  card.replaceChildren(
    make("h2", { dir: "auto" }, node.n),
    make("p", { class: "soft" }, `${data.types[node.t].schema} · ${node.i}`),
    ...(node.s ? [make("span", { class: "listed" }, "LISTED")] : []),
    make("div", { class: "buttons" },
      make("button", { onclick: () => actions.pathFrom(index), title: "p" }, "Path to …"),
      make("button", { onclick: actions.close, title: "Escape" }, "Close")));
  if (node.w) card.append(field("Listed", spans(node.w)));
  for (const [name, value] of Object.entries(detail)) if (name in TITLES) card.append(field(name, value));
  const edges = graph.edges(index);
  card.append(make("h3", {}, `Relationships (${edges.length})`));
  const shown = 200;
  for (const edge of edges.slice(0, shown)) card.append(relation(graph, edge, index, actions.open));
  if (edges.length > shown) card.append(make("p", { class: "soft" }, `and ${edges.length - shown} more`));
  card.hidden = false;
  card.scrollTop = 0;
}
