// Makes one page out of src/: script and style inlined, allowed by their own hashes and nothing else.
// Usage: node build.mjs OUTPUT (from a folder whose node_modules holds the dependencies)
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const bundle = await build({
  entryPoints: [join(here, "src/main.js")],
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: "es2020",
  charset: "ascii",
  legalComments: "none",
  loader: { ".css": "empty" },
});

// A closing tag inside the script would end it.
const script = bundle.outputFiles[0].text.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
const style = readFileSync(join(here, "src/style.css"), "utf8");
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)}`,
  `style-src ${hash(style)}`,
  "img-src data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const licences = ["sigma", "graphology", "graphology-utils", "events", "@sigma/edge-curve", "@sigma/node-border"]
  .map((name) => {
    const folder = join(here, "node_modules", name);
    const version = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
    for (const file of ["LICENSE.txt", "LICENSE", "LICENSE.md"]) {
      try {
        return `${name} ${version}\n${readFileSync(join(folder, file), "utf8").trim()}`;
      } catch {
        // the next spelling
      }
    }
    return `${name} ${version}: MIT`;
  })
  .join("\n\n")
  .replaceAll("--", "- -");

// Function replacements: the texts hold "$" signs that a string replacement would read as patterns.
const page = readFileSync(join(here, "src/page.html"), "utf8")
  .replace("%POLICY%", () => policy)
  .replace("%LICENCES%", () => licences)
  .replace("%STYLE%", () => style)
  .replace("%SCRIPT%", () => script);
writeFileSync(process.argv[2], page);
