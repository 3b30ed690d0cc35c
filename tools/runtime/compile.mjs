// Run tools/runtime/repack.py inside Pyodide: node compile_runtime.mjs CORE REPACK.py JOBS.
// A line is printed for each zip that is done. Nothing here is ever sent to a browser.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { basename, dirname } from "node:path";

// Node would print the line it failed in, and Pyodide's is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(String(error.message));
  process.exit(1);
});

const [core, repack, jobs] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${core}/pyodide.mjs`));
// No columns beside the line numbers: library sources are not shipped, so nothing could be marked.
const env = { PYTHONHASHSEED: "0", PYTHONNODEBUGRANGES: "1" };
const py = await loadPyodide({ indexURL: `${core}/`, env });

const mounted = new Map();
function inside(path) {
  const folder = dirname(path);
  if (!mounted.has(folder)) {
    mounted.set(folder, `/mnt/${mounted.size}`);
    py.FS.mkdirTree(mounted.get(folder));
    py.FS.mount(py.FS.filesystems.NODEFS, { root: folder }, mounted.get(folder));
  }
  return `${mounted.get(folder)}/${basename(path)}`;
}

py.runPython(readFileSync(repack, "utf8"));
const run = py.globals.get("repack");
for (const { source, target, root, ...options } of JSON.parse(jobs)) {
  run.callKwargs(inside(source), inside(target), root, options);
  console.log(basename(target));
}
