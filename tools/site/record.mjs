// Which files Python reads: node record.mjs LIBRARY RUNTIME NOTEBOOKS. Prints {step: [paths]}.
// The runtime is shown as one archive a file, so that each file is asked for by itself.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";

process.on("uncaughtException", (error) => {
  console.error(String(error.message));
  process.exit(1);
});

const [script, folder, notebooks] = process.argv.slice(2);
const runtime = `${folder}/`;
const { Library, addressOf, shared } = await import(pathToFileURL(script));
const { info, archives } = JSON.parse(readFileSync(`${runtime}files.json`, "utf8"));
const contents = new Map();
const alone = {};
for (const [name, archive] of Object.entries(archives)) {
  const all = zstdDecompressSync(readFileSync(addressOf(runtime, name)));
  let at = 0;
  for (const [folder, list] of archive.files) {
    for (let index = 0; index < list.length; index += 2) {
      const size = list[index + 1];
      const path = `${folder}/${list[index]}`;
      contents.set(path, all.subarray(at, (at += size)));
      alone[path] = { raw: size, files: [[folder, [list[index], size]]] };
    }
  }
}

/** Start Python, on a page or in JupyterLite; `read` lists what it has read since the last step. */
async function begin() {
  const read = [];
  const library = new Library(runtime, {
    get: async () => new Response(JSON.stringify({ info, archives: alone })),
    getNow(address) {
      const path = address.slice(shared(runtime).length, -".zst".length);
      if (!path.includes(".dist-info/") && !path.includes("/site-packages/course/")) read.push(path);
      return zstdCompressSync(contents.get(path));
    },
  });
  const python = await library.start([], { env: { MPLBACKEND: "agg" }, stdout() {}, stderr() {} }, []);
  return [python, () => read.splice(0)];
}

// On a page -------------------------------------------------------------------------------------

const [python, read] = await begin();
const cells = python.pyimport("course.cells");
cells.start();
const run = (code) => {
  const { error } = JSON.parse(cells.run_cell(code, "a cell"));
  if (error) throw new Error(`${error.short} in:\n${code}`);
};
run("import pandas as pd\npd.DataFrame({'year': [2012]})");
const start = read();

run(`
import matplotlib.pyplot as plt, course.figures, course.explorers, course.maps
figure, axes = plt.subplots()
axes.plot([1, 2], [3, 4], label="área")
axes.legend()
axes.set_title("Área")
figure`);
const figures = read();
// the other frames of an explorer read nothing more, and there are 49
python.runPython(`
from course.explorers import Explorer
def first_frame(self):
    return self.frame(**{control.name: control.first for control in self.controls})[0]
Explorer._repr_html_ = first_frame`);
for (const codes of JSON.parse(readFileSync(notebooks, "utf8"))) {
  cells.restart();
  for (const code of codes) run(code);
}
for (const code of ["1 / 0", "print(undefined", "import pandas\npandas.DataFrame()['x']"]) {
  cells.run_cell(code, "a cell"); // what explains an error
}
// a package that only figures have read belongs to them, whoever reads more of it
const packageOf = (path) => path.split("/site-packages/")[1]?.split("/")[0];
const early = new Set(start.map(packageOf));
const drawn = new Set(figures.map(packageOf).filter((name) => !early.has(name)));
for (const path of read()) (drawn.has(packageOf(path)) ? figures : start).push(path);

// In JupyterLite --------------------------------------------------------------------------------

const [lite, readThere] = await begin();
lite.runPython(`
import sys
streams = sys.stdout, sys.stderr
import micropip, piplite.piplite, pyodide_kernel, ipywidgets
kernel = pyodide_kernel.kernel_instance
kernel.interpreter.send_comm = lambda *_: None
`);
await lite.runPythonAsync(`
await kernel.run("import pandas as pd\\npd.DataFrame({'year': [2012]})")
await kernel.run("from course.data import load")
await kernel.run("1 / 0")
await kernel.run("from ipywidgets import interact, IntSlider; IntSlider(3)")
sys.stdout, sys.stderr = streams
`);
const there = readThere();
lite.runPython("code = 'import pandas as pd; pd.read_cs'; kernel.complete(code, len(code))");

// what two of them read comes with the first archives
const all = new Set(start);
for (const path of there) if (figures.includes(path)) all.add(path);
const but = (paths) => paths.filter((path) => !all.has(path)).sort();
const steps = { start: [...all].sort(), figures: but(figures), kernel: but(there), completion: but(readThere()) };
console.log(JSON.stringify(steps, null, 1));
