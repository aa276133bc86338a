// Elements are made here and filled with text nodes only: names come from outside and are never read as markup.

export const $ = (id) => document.getElementById(id);

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A link only when it leads to the web; any other text stays text. */
export function link(text) {
  return /^https?:\/\//i.test(text)
    ? make("a", { href: text, target: "_blank", rel: "noopener noreferrer" }, text)
    : document.createTextNode(text);
}

export function download(name, blob) {
  const url = URL.createObjectURL(blob);
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
