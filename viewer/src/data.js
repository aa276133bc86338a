// What the page holds: a small block with all that is drawn, read at once, and a large one with all that a card says,
// read when the first card is opened.

export const data = JSON.parse(document.getElementById("graph").textContent);

let details = null;
export function detailsOf(kind, index) {
  details ??= JSON.parse(document.getElementById("details").textContent);
  return details[kind][index];
}

const DAY = 86400000;
export const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** Whether any of the spans [first, last] (null = open) holds the day; without spans always. */
export function holds(spans, day) {
  if (!spans || spans.length === 0) return true;
  return spans.some(([first, last]) => (first === null || first <= day) && (last === null || day <= last));
}

/** Everything an export can be filtered by, with how many nodes or edges have it. */
export function facets() {
  const count = (lists) => {
    const numbers = new Map();
    for (const list of lists) for (const value of list) numbers.set(value, (numbers.get(value) ?? 0) + 1);
    return [...numbers].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  };
  return {
    type: count(data.nodes.map((node) => [node.t])),
    dataset: count(data.nodes.map((node) => node.d)),
    programme: count(data.nodes.map((node) => node.p ?? [])),
    kind: count(data.edges.map((edge) => [edge.k])),
  };
}

export function days() {
  let first = Infinity;
  let last = -Infinity;
  const see = (spans) => {
    for (const span of spans ?? []) {
      for (const day of span) {
        if (day === null) continue;
        first = Math.min(first, day);
        last = Math.max(last, day);
      }
    }
  };
  data.nodes.forEach((node) => see(node.w));
  data.edges.forEach((edge) => see(edge.w));
  return first < last ? [first, last] : null;
}
