// Python in a worker of its own, so that the page stays responsive. The page starts it from its
// text, so that the page's policy holds in it on every host. The page sends {id, call, args}; the
// worker answers {id, value} or {id, failure}, and says what it is doing with {state}.

import { told, words } from "../static/words.js";
import { Library, PANDAS, WORDS, shared } from "./library.js";
import { BROKEN, damaged, judged, nameOf, trouble } from "./trouble.js";

const CORE = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python.zst"];
const SILENCE = 10_000; // milliseconds without a byte, after which a file is called late
const load = fetch.bind(globalThis);
const TEACHER = "/teacher"; // where what is handed in lies while it is read

/** The module course.cells. @type {any} */
let cells;
/** @type {any} */
let pyodide;
/** @type {Library} */
let library;

/** @type {Record<string, (...args: any[]) => unknown>} */
const calls = {
  /** @param {{runtime: string, interrupt: Uint8Array | null, bytes: Sizes, language: string, words: Record<string, string>}} options */
  async start({ runtime, interrupt, bytes, language, words: found }) {
    Object.assign(words, found);
    say(told("Loading Python…"));
    guard();
    const files = new Files(runtime, bytes);
    try {
      library = new Library(runtime);
      const starting = library.start(language === "en" ? PANDAS : [...PANDAS, WORDS + language], { env: { MPLBACKEND: "agg" } });
      pyodide = await Promise.race([starting, files.refused]);
      cells = pyodide.pyimport("course.cells");
    } catch (error) {
      console.warn(error);
      throw new Error((await files.reason()) || lastLine(error));
    } finally {
      files.settle();
    }
    if (interrupt) pyodide.setInterruptBuffer(interrupt);
    say(told("Starting Python…"));
    cells.start(language);
    pyodide.runPython(SHOWN);
    isWhole = pyodide.runPython(IS_WHOLE, { globals: pyodide.toPy({}) });
    say(told("Ready"));
  },

  /** Fetch, import and compute what some cells and checks will need, while nobody waits. @param {string[]} codes */
  async prepare(codes) {
    for (const code of codes) {
      await fetchFor(code);
      cells.prepare(code);
      await new Promise((later) => setTimeout(later)); // what somebody waits for comes first
    }
  },

  needed: (/** @type {string} */ code, /** @type {object[]} */ above) => JSON.parse(cells.needed(code, JSON.stringify(above))),

  /** @param {string} code @param {string} name */
  async run(code, name) {
    await fetchFor(code, say);
    say(told("Running…"));
    const result = JSON.parse(cells.run_cell(code, name));
    alive();
    return result;
  },

  /** Check an answer from the texts alone; see course/cells.py. @param {import("./python.js").Asked} request */
  async check(request) {
    for (const { code } of [...request.above, request]) await fetchFor(code, say);
    say(told("Checking…"));
    const result = JSON.parse(cells.check_cell(JSON.stringify(request)));
    alive();
    return result;
  },

  /**
   * Read what students hand in, with the program of the teacher's page.
   * @param {ArrayBuffer} program
   * @param {{files: {name: string, time: number, bytes: Uint8Array}[], roster: Uint8Array | null}} asked
   */
  collect(program, { files, roster, ...asked }) {
    say(told("Reading…"));
    const { FS } = pyodide;
    const clear = () => pyodide.runPython(`import shutil; shutil.rmtree("${TEACHER}", ignore_errors=True)`);
    clear();
    FS.mkdirTree(`${TEACHER}/in`);
    pyodide.unpackArchive(program, "zip", { extractDir: TEACHER });
    files.forEach(({ bytes }, number) => FS.writeFile(`${TEACHER}/in/${number}`, bytes));
    if (roster) FS.writeFile(`${TEACHER}/roster`, roster);
    pyodide.runPython(`import sys; "${TEACHER}" in sys.path or sys.path.insert(0, "${TEACHER}")`);
    const named = files.map(({ name, time }) => ({ name, time }));
    const said = JSON.parse(pyodide.pyimport("handed_in.results").in_browser(TEACHER, JSON.stringify({ ...asked, files: named })));
    const contents = (said.files ?? []).map((/** @type {string} */ name) => [name, FS.readFile(`${TEACHER}/out/${name}`)]);
    clear();
    return { said, contents };
  },

  restart: () => void cells.restart(),
};

/** @param {string} state @param {{loaded?: number, total?: number}} loaded */
const say = (state, loaded = {}) => postMessage({ state, ...loaded });

/** A cell that closed the worker would leave the page waiting for ever. */
function guard() {
  const value = () => {
    throw new Error(told("a cell cannot close Python; the button Restart Python does"));
  };
  Object.defineProperty(Object.getPrototypeOf(globalThis), "close", { value });
  Object.defineProperty(globalThis, "close", { value });
}

/** Raise when what ran has broken Python itself, so that it is not run again by itself. */
function alive() {
  let whole = false;
  try {
    whole = isWhole();
  } catch {
    // not even that could be asked
  }
  if (!whole) throw new Error(BROKEN);
}

/** A figure is shown when its cell ends; that plt.show() opens no window is no news. */
const SHOWN = `
import warnings
warnings.filterwarnings("ignore", message=".* is non-interactive, and thus cannot be shown")`;

/** Whether Python's own names and modules are what they were. @type {() => boolean} */
let isWhole;
const IS_WHOLE = `
def _remember(builtins, sys):
    own = dict(vars(builtins))
    return lambda: "course.cells" in sys.modules and all(
        vars(builtins).get(name) is value for name, value in own.items()
    )
_remember(__import__("builtins"), __import__("sys"))`;

/** The files of the runtime on their way: how much has come, and what did not. */
class Files {
  loaded = 0;
  /** @type {Map<string, number>} */
  pending = new Map(); // address to the time of its last byte
  failed = "";

  /** @type {(reason: unknown) => void} */
  refuse = () => {};

  /** @param {string} own  the course's folder @param {Sizes} bytes */
  constructor(own, { archives, compiled }) {
    this.total = archives + compiled;
    this.compiledSize = compiled;
    this.own = own;
    this.folder = shared(own);
    this.refused = new Promise((_, reject) => (this.refuse = reject));
    this.refused.catch(() => {});
    globalThis.fetch = (input, options) => {
      const address = input instanceof Request ? input.url : String(input);
      return address.startsWith(own) || address.startsWith(this.folder) ? this.get(address, options) : load(input, options);
    };
    this.timer = setInterval(() => this.tell(), 500);
  }

  /** @param {string} address @param {RequestInit} [options] */
  async get(address, options) {
    this.pending.set(address, Date.now());
    try {
      const answer = await load(address, options);
      const type = answer.headers.get("Content-Type") ?? "";
      const wrong = judged(nameOf(address).replace(".wasm", ".data"), answer.status, type);
      if (wrong) throw new Error(wrong);
      // as it came: only so does a browser keep what it has compiled for the next visit
      const isCompiled = address.endsWith(".wasm");
      if (isCompiled) this.sent(answer);
      if (isCompiled ? type.includes("wasm") : !address.endsWith(".zst")) {
        this.pending.delete(address);
        return answer;
      }
      const body = answer.body?.pipeThrough(this.counted(address));
      // whatever the server calls the file: its ending tells what it is
      const headers = { "Content-Type": address.endsWith(".wasm") ? "application/wasm" : type };
      return new Response(body, { status: answer.status, headers });
    } catch (error) {
      this.failed ||= address;
      this.refuse(error);
      throw error;
    }
  }

  /** @param {string} address @returns {TransformStream<Uint8Array, Uint8Array>} */
  counted(address) {
    return new TransformStream({
      transform: (chunk, controller) => {
        this.loaded += chunk.byteLength;
        this.pending.set(address, Date.now());
        controller.enqueue(chunk);
      },
      flush: () => void this.pending.delete(address),
    });
  }

  /** How much the compiled file weighs on its way depends on the server. @param {Response} answer */
  sent(answer) {
    const length = Number(answer.headers.get("Content-Length"));
    if (!length) return; // it is compressed on the way, as it was counted
    this.total += length - this.compiledSize;
    this.compiledSize = length;
  }

  tell() {
    const late = [...this.pending].find(([, time]) => Date.now() - time > SILENCE)?.[0];
    const said = { file: nameOf(late ?? ""), seconds: SILENCE / 1000 };
    if (late) say(told("{file} has not come for {seconds} seconds: the network, or a filter in it, holds it back. Still waiting…", said));
    else say(told("Loading Python…"), { loaded: this.loaded + this.compiled(), total: this.total });
  }

  /** Bytes of the compiled file, which is not counted on its way. */
  compiled() {
    const [entry] = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByName(`${this.folder}pyodide.asm.wasm`));
    return entry?.responseEnd ? this.compiledSize : 0;
  }

  /** Why the start failed, if a file is to blame. */
  async reason() {
    const asked = [...(this.failed ? [this.failed] : []), ...CORE.map((name) => this.folder + name), `${this.own}files.json`];
    for (const address of asked) {
      const found = await trouble(address, load);
      if (found) return found;
    }
    return this.failed && damaged(nameOf(this.failed));
  }

  /** Python is there, or not: what comes from now on is fetched as it is. */
  settle() {
    clearInterval(this.timer);
    globalThis.fetch = load;
  }
}

/** Fetch what some code needs for figures, once and while it can be told. @param {string} code @param {(state: string) => void} [tell] */
async function fetchFor(code, tell = () => {}) {
  if (figures || !cells.imports(code).includes("import matplotlib")) return;
  tell(told("Loading matplotlib…"));
  await library.fetch(["figures"]).then(() => (figures = true), () => {}); // the import will ask again
}
let figures = false;

/** The line of an error that says what was wrong: of a traceback of Python's the last. @param {any} error */
const lastLine = (error) => String(error.message ?? error).trim().split("\n").at(-1);

onmessage = async ({ data: { id, call, args } }) => {
  try {
    postMessage({ id, value: await calls[call](...args) });
  } catch (error) {
    // run_cell never raises: Python is gone, or was broken by what ran
    postMessage({ id, failure: lastLine(error) });
  }
};
