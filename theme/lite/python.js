// What JupyterLite loads as Pyodide: the course's own start of it, with what a notebook needs.
import { Library, PANDAS } from "../live/library.js";

const RUNTIME_HERE = new URL(`../runtime/${RUNTIME}/`, import.meta.url).href;

/** @param {object} options  as JupyterLite gives them; every package is there without being loaded */
export function loadPyodide(options) {
  return new Library(RUNTIME_HERE).start([...PANDAS, "kernel"], options);
}
