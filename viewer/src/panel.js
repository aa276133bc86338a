// Search box, filters that are the legend too, and the date slider.
import { data, days, facets, isoDay } from "./data.js";
import { $, make } from "./dom.js";
import { state } from "./state.js";

/** A node as it is drawn, for the legend: `ring` as listed ones have it. */
function swatch(colour, ring) {
  const canvas = make("canvas", { class: "swatch", width: "32", height: "32" });
  const pen = canvas.getContext("2d");
  pen.fillStyle = ring ? "#000" : colour;
  pen.beginPath();
  pen.arc(16, 16, 12, 0, 7);
  pen.fill();
  if (ring) {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(16, 16, 8, 0, 7);
    pen.fill();
  }
  return canvas;
}

function group(title, name, values, label, changed) {
  const box = make("fieldset", {}, make("legend", {}, title));
  for (const [value, number] of values) {
    const input = make("input", { type: "checkbox", checked: true });
    input.dataset.facet = name;
    input.dataset.value = String(value);
    input.addEventListener("change", () => {
      if (input.checked) state.hidden[name].delete(value);
      else state.hidden[name].add(value);
      changed();
    });
    box.append(make("label", {}, input, ...label(value), " ", make("span", { class: "number" }, String(number))));
  }
  return box;
}

function toggle(id, text, name, changed) {
  const input = make("input", { type: "checkbox", id });
  input.addEventListener("change", () => {
    state[name] = input.checked;
    changed();
  });
  return make("label", {}, input, text);
}

export function buildFilters(changed) {
  const all = facets();
  const filters = $("filters");
  filters.append(group("Types", "type", all.type, (t) => [swatch(data.types[t].colour, false), data.types[t].plural], changed));
  filters.append(make("fieldset", {}, make("legend", {}, "Show"),
    make("label", { class: "soft" }, swatch("#fff", true), "a dark ring marks listed ones"),
    toggle("listed", "listed ones only", "listedOnly", changed), toggle("nonews", "without news edges", "withoutNews", changed)));
  filters.append(group("Relations", "kind", all.kind, (kind) => [kind], changed));
  if (all.programme.length > 0) filters.append(group("Programmes", "programme", all.programme, (p) => [p], changed));
  filters.append(group("Datasets", "dataset", all.dataset, (d) => [d], changed));

  const range = days();
  if (!range) return;
  $("time").hidden = false;
  const slider = $("slider");
  [slider.min, slider.max] = range;
  slider.value = range[1];
  const update = () => {
    state.day = $("dated").checked ? Number(slider.value) : null;
    $("day").textContent = isoDay(Number(slider.value));
    changed();
  };
  slider.addEventListener("input", () => {
    $("dated").checked = true;
    update();
  });
  $("dated").addEventListener("change", update);
  $("day").textContent = isoDay(range[1]);
}

// Case and accents do not count.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export function buildSearch(open, changed) {
  const input = $("search");
  const results = $("results");
  let folded = null;
  let found = [];
  let at = -1;
  const show = () => {
    results.replaceChildren(...found.slice(0, 50).map((index, i) =>
      make("li", { role: "option", "aria-selected": String(i === at), onclick: () => choose(index) }, data.nodes[index].n)));
    results.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!results.hidden));
  };
  const choose = (index) => {
    found = [];
    show();
    input.value = "";
    state.matches = null;
    open(index);
  };
  input.addEventListener("input", () => {
    folded ??= data.nodes.map((node) => fold(`${node.n} ${node.i}`));
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    found = words.length === 0 ? [] : folded.flatMap((text, i) => (words.every((word) => text.includes(word)) ? [i] : []));
    state.matches = words.length === 0 ? null : new Set(found);
    at = found.length > 0 ? 0 : -1;
    show();
    changed();
  });
  input.addEventListener("keydown", (event) => {
    const last = Math.min(found.length, 50) - 1;
    if (event.key === "ArrowDown") at = Math.min(at + 1, last);
    else if (event.key === "ArrowUp") at = Math.max(at - 1, 0);
    else if (event.key === "Enter" && at >= 0) return choose(found[at]);
    else return undefined;
    event.preventDefault();
    return show();
  });
  return () => {
    input.value = "";
    found = [];
    state.matches = null;
    show();
  };
}
