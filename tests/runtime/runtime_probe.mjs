// What a page and JupyterLite do with the runtime, in Node: node runtime_probe.mjs FOLDER
// Prints one JSON object. Everything is read from the folder; Node has no other source.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

// Node would print the line it failed in, and Pyodide's is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(String(error.message));
  process.exit(1);
});

const folder = process.argv[2];
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const py = await loadPyodide({ indexURL: `${folder}/`, packages: ["pandas"] });
const loaded = Object.keys(py.loadedPackages);
const { packages } = JSON.parse(readFileSync(`${folder}/pyodide-lock.json`, "utf8"));
const quiet = { messageCallback() {} };

const modules = (names) => py.runPython(`[n for n in ${JSON.stringify(names)} if n in sys.modules]`).toJs();
py.runPython(`
import contextlib, io, json, sys, traceback, warnings
import numpy, pandas
frame = pandas.DataFrame({"year": [2012, 2013], "area_ha": [60_400, 49_800]})
table = frame._repr_html_()
try:
    frame["price"]
except KeyError:
    trace = traceback.format_exc()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    frame["year"][0] = 1
warned_in = caught[0].filename
`);
const early = modules(["numpy", "pandas", "matplotlib", "IPython", "course"]);

await py.loadPackagesFromImports("import matplotlib.pyplot as plt, course.figures", quiet);
const withFigures = Object.keys(py.loadedPackages);
py.runPython(`
said = io.StringIO()
with contextlib.redirect_stderr(said), warnings.catch_warnings():
    warnings.simplefilter("error")
    import matplotlib
    matplotlib.use("svg")
    import matplotlib.pyplot as plt
    figure, axes = plt.subplots()
    axes.semilogy([1, 1e6])
    axes.set_title("$x^2$ área")
    picture, pixels = io.StringIO(), io.BytesIO()
    figure.savefig(picture, format="svg")
    figure.savefig(pixels, format="png")
`);

await py.loadPackage(Object.keys(packages), quiet);
py.globals.set("names", py.toPy(Object.values(packages).flatMap((one) => one.imports)));
py.globals.set("noop", () => {});
console.log(
  py.runPython(`
import importlib, sys
streams = sys.stdout, sys.stderr
import piplite.piplite
import pyodide_kernel
sys.stdout, sys.stderr = streams
shell = pyodide_kernel.kernel_instance.interpreter
shell.send_comm = noop
shell.colors = "nocolor"
shell.run_cell("1/0")
cell_trace = "\\n".join(shell._last_traceback["traceback"])
import ipywidgets
view = ipywidgets.IntSlider(3)._repr_mimebundle_()
code = "import pandas as pd; pd.read_cs"
completed = pyodide_kernel.kernel_instance.complete(code, len(code))["matches"]
bad = {}
for name in names:
    try:
        importlib.import_module(name)
    except Exception as error:
        bad[name] = repr(error)
import inspect, course
json.dumps({
    "versions": {m.__name__: m.__version__ for m in (numpy, pandas, matplotlib, ipywidgets)},
    "loaded": ${JSON.stringify(loaded)}, "early": ${JSON.stringify(early)},
    "with_figures": ${JSON.stringify(withFigures)},
    "table": table, "trace": trace, "cell_trace": cell_trace, "warned_in": warned_in,
    "svg": picture.getvalue()[:400], "png": pixels.getvalue()[:4].hex(), "said": said.getvalue(),
    "view": sorted(view), "completed": completed, "not_imported": bad,
    "course_source": inspect.getsource(course), "course_cached": course.__cached__,
    "doc": pandas.DataFrame.head.__doc__[:60],
})
`),
);
