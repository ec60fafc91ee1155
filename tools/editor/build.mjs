// Builds the editor of the live pages: one minified module, and the licences of all that is in it.
// npm ci && npm run build
import { build } from "esbuild";
import { readFile, readdir, writeFile } from "node:fs/promises";

const page = new URL("../../papergen/serve/page/", import.meta.url);
const made = await build({
  entryPoints: ["entry.js"],
  bundle: true,
  format: "esm",
  minify: true,
  legalComments: "none",
  target: "es2022",
  charset: "utf8",
  metafile: true,
  write: false,
});
await writeFile(new URL("codemirror.js", page), made.outputFiles[0].contents);

const names = new Set();
for (const input of Object.keys(made.metafile.inputs)) {
  const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (found) names.add(found[1]);
}
const licences = [];
for (const name of [...names].sort()) {
  const folder = `node_modules/${name}/`;
  const { version, license } = JSON.parse(await readFile(`${folder}package.json`, "utf8"));
  const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
  licences.push(`${name} ${version} (${license})\n\n${(await readFile(folder + file, "utf8")).trim()}\n`);
}
await writeFile(new URL("codemirror.LICENSES.txt", page), licences.join(`\n${"-".repeat(80)}\n\n`));
