// Python in a worker of its own, so that the page stays responsive. The page sends
// {id, call, args}; the worker answers {id, value} or {id, failure}, and says what it is doing with
// {state}. The first message is {call: "start"}.

import { GONE } from "./gone.js";

/** The module course.cells. */
let cells;
let pyodide;

const calls = {
  async start({ runtime, packages, interrupt }) {
    say("Starting Python…");
    try {
      const { loadPyodide } = await import(`${runtime}pyodide.mjs`);
      // The packages are fetched while Python itself starts.
      pyodide = await loadPyodide({ indexURL: runtime, packages, env: { MPLBACKEND: "agg" } });
      cells = pyodide.pyimport("course.cells");
    } catch (error) {
      console.warn(error);
      throw new Error(GONE);
    }
    if (interrupt) pyodide.setInterruptBuffer(interrupt);
    say("Loading pandas…");
    cells.start();
    say("Ready");
  },

  /** Fetch and import what some cells will import, while nobody waits. */
  async prepare(codes) {
    for (const code of codes) {
      await fetchFor(code);
      cells.prepare(code);
    }
  },

  needed: (code, above) => JSON.parse(cells.needed(code, JSON.stringify(above))),

  async run(code, name) {
    await fetchFor(code, say);
    say("Running…");
    return JSON.parse(cells.run_cell(code, name));
  },
};

const say = (state) => postMessage({ state });

/** Fetch the packages that some code needs. Without a network it goes on: the import will fail. */
async function fetchFor(code, tell = () => {}) {
  const messageCallback = (message) => {
    const name = message.includes("matplotlib") ? "matplotlib" : "a package";
    if (message.startsWith("Loading ")) tell(`Loading ${name}…`);
  };
  await pyodide.loadPackagesFromImports(cells.imports(code), { messageCallback }).catch(() => {});
}

onmessage = async ({ data: { id, call, args } }) => {
  try {
    postMessage({ id, value: await calls[call](...args) });
  } catch (error) {
    postMessage({ id, failure: String(error.message ?? error) }); // run_cell never raises: a crash
  }
};
