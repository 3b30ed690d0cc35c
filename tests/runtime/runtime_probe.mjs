// What a page and JupyterLite do with the runtime, in Node: node runtime_probe.mjs LIBRARY FOLDER
// Prints one JSON object. Everything is read from the folder; Node has no other source.
import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

// Node would print the line it failed in, and Pyodide's is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(String(error.message));
  process.exit(1);
});

const [script, folder] = process.argv.slice(2);
const { Library, PANDAS } = await import(pathToFileURL(script));
const asked = []; // what Python waited for
const library = new Library(`${folder}/`, {
  get: async (address) => new Response(existsSync(address) ? readFileSync(address) : null, { status: existsSync(address) ? 200 : 404 }),
  getNow(address) {
    asked.push(address.split("/").at(-1));
    return new Uint8Array(readFileSync(address));
  },
});
const taken = () => asked.splice(0).sort();

const py = await library.start(PANDAS, { env: { MPLBACKEND: "agg" } });
const modules = (names) => py.runPython(`[n for n in ${JSON.stringify(names)} if n in sys.modules]`).toJs();
py.runPython(`
import contextlib, io, json, pathlib, struct, sys, traceback, warnings
zone = pathlib.Path("/usr/share/zoneinfo/UTC")  # as course/cells.py makes it on a page
zone.parent.mkdir(parents=True)
head = b"TZif" + bytes(16) + struct.pack(">6L", 1, 1, 0, 0, 1, 4)
zone.write_bytes(head + bytes(6) + b"UTC\\0" + bytes(2))
import numpy, pandas
with warnings.catch_warnings(record=True) as library_warned:
    import dateutil.parser
    dateutil.parser.parse("Jan 2")
import course
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
const early = modules(["numpy", "pandas", "matplotlib", "IPython", "ipywidgets"]);
const late = { table: taken() };

await library.fetch(["figures"]);
py.runPython(`
said = io.StringIO()
with contextlib.redirect_stderr(said), warnings.catch_warnings():
    warnings.simplefilter("error")
    import matplotlib
    matplotlib.use("svg")
    import matplotlib.pyplot as plt
    figure, axes = plt.subplots()
    axes.plot([1, 1e6])
    axes.set_title("área")
    picture, pixels, paper = io.StringIO(), io.BytesIO(), io.BytesIO()
    figure.savefig(picture, format="svg")
`);
late.svg = taken();
py.runPython(`
with contextlib.redirect_stderr(said), warnings.catch_warnings():
    warnings.simplefilter("error")
    axes.semilogy([1, 1e6])
    axes.set_title("$x^2$ área", family="serif")
    figure.savefig(pixels, format="png")
    figure.savefig(paper, format="pdf")
`);
late.paper = taken();

// Everything that can be imported: the standard library, and every package with its parts.
const unimportable = py.runPython(`
import importlib, pkgutil
# for other systems, or broken in Pyodide as it is released; some do things when they are imported
NOT_HERE = {"antigravity", "this", "idlelib", "turtledemo", "turtle", "__main__", "__phello__"}
stdlib = sorted(
    {m.name for m in pkgutil.iter_modules(["/lib/python314"])} & set(sys.stdlib_module_names)
    - NOT_HERE
)
bad = {}
for name in stdlib:
    try:
        importlib.import_module(name)
    except Exception as error:
        bad[name] = repr(error)
json.dumps([len(stdlib), bad])
`);
late.stdlib = taken();
py.runPython(`
import numpy.fft, numpy.linalg, numpy.ma, numpy.polynomial, numpy.random, numpy.testing
import pandas.plotting, pandas.api.types, pandas.tseries.offsets
import matplotlib.animation, matplotlib.dates, matplotlib.patches, matplotlib.ticker
import PIL.Image, PIL.ImageDraw, dateutil.rrule, dateutil.zoneinfo, fontTools.ttLib
numbers = [numpy.random.default_rng(1).normal(), float(numpy.linalg.det(numpy.eye(2)))]
numbers += [abs(numpy.fft.fft([1.0, 0.0])[1])]
zone = dateutil.zoneinfo.get_zonefile_instance().get("America/Lima") is not None
`);
late.packages = taken();

await library.fetch(["kernel"]);
py.globals.set("noop", () => {});
py.runPython(`
streams = sys.stdout, sys.stderr
import micropip, piplite.piplite, pyodide_kernel, ipywidgets
sys.stdout, sys.stderr = streams
shell = pyodide_kernel.kernel_instance.interpreter
shell.send_comm = noop
`);
late.kernel = taken();
py.runPython(`
shell.colors = "nocolor"
shell.run_cell("1/0")
cell_trace = "\\n".join(shell._last_traceback["traceback"])
view = ipywidgets.IntSlider(3)._repr_mimebundle_()
`);
console.log(
  py.runPython(`
code = "import pandas as pd; pd.read_cs"
completed = pyodide_kernel.kernel_instance.complete(code, len(code))["matches"]
import importlib.metadata, inspect
json.dumps({
    "versions": {m.__name__: m.__version__ for m in (numpy, pandas, matplotlib, ipywidgets)},
    "early": ${JSON.stringify(early)}, "late": ${JSON.stringify(late)},
    "stdlib": ${unimportable}[0], "not_imported": ${unimportable}[1],
    "packages": sorted(d.metadata["Name"] for d in importlib.metadata.distributions()),
    "table": table, "trace": trace, "cell_trace": cell_trace, "warned_in": warned_in, "library_warned": [w.filename for w in library_warned],
    "svg": picture.getvalue()[:400], "png": pixels.getvalue()[:4].hex(),
    "pdf": paper.getvalue()[:4].decode(), "said": said.getvalue(),
    "numbers": numbers, "zone": zone,
    "view": sorted(view), "completed": completed,
    "course_source": inspect.getsource(course), "course_cached": course.__cached__,
    "doc": pandas.DataFrame.head.__doc__[:60],
})
`),
);
