// What the course adds to JupyterLite. It is loaded before JupyterLite is.
import "./explorer.js";
import { answer, resets, withStorage } from "./lite-storage.js";

const LITE = new URL("./", import.meta.url);
const FILES = new URL("files/", LITE).href;
const BOOK = new URL("../", LITE).href;
const VIEW = "application/vnd.jupyter.widget-view+json";

// With shared memory, JupyterLite mounts its files in Python over a channel (coincident) that
// sometimes misses an answer and then waits for ever. Nothing here needs that, and many servers
// do not offer it: do without it everywhere.
Object.defineProperty(globalThis, "crossOriginIsolated", { value: false });

// A widget does not outlive its kernel. In a saved copy its place is taken by the rendition that
// needs none, until the cell is run again.
/** @typedef {{data?: Record<string, unknown>}} Output  of a cell, as a notebook stores it */
/** @param {string} path */
async function dropDeadWidgets(path) {
  await withStorage(LITE, async (files) => {
    const file = await answer(files.get(path));
    /** @type {Output[]} */
    const outputs = file?.content?.cells?.flatMap((/** @type {{outputs?: Output[]}} */ cell) => cell.outputs ?? []) ?? [];
    const dead = outputs.flatMap(({ data }) => (data && VIEW in data ? [data] : []));
    for (const data of dead) delete data[VIEW];
    if (dead.length) await answer(files.put(file, path));
  });
}

// Links in a notebook. JupyterLite takes every relative link for one of its own files and opens
// notebooks in an application that is not here. So a link is mended before it can be followed:
// pages of the book open in the book, notebooks open here, each in a tab of its own.
/** @param {Event} event */
function mend(event) {
  const link = event.target instanceof Element && event.target.closest("a[href]");
  if (!(link instanceof HTMLAnchorElement)) return;
  if (link.href.startsWith(FILES)) {
    const path = link.href.slice(FILES.length);
    const notebook = /^(notebooks|exercises)\/[^#]*\.ipynb/.exec(path);
    if (notebook) link.href = `?path=${notebook[0]}`;
    else if (/^(\w\w\/)?book\//.test(path)) link.href = BOOK + path;
    else return;
    link.target = "_blank";
    link.dataset.mended = "";
  }
  // Keeps JupyterLite's own handler out; the browser still follows the link.
  if ("mended" in link.dataset) event.stopPropagation();
}

for (const kind of ["pointerdown", "focusin", "click"]) addEventListener(kind, mend, true);

// The arrow keys move a control, not from cell to cell.
addEventListener("focusin", ({ target }) => {
  const isControl = target instanceof HTMLElement && target.closest(".course-explorer, .jupyter-widgets");
  if (isControl) target.dataset.lmSuppressShortcuts = "true";
});

// JupyterLite drops a run that comes before its Python is there, and says nothing. Until then a bar
// says so, and whatever asks for a run (a key, the button, a menu) is held and given later.
const RUN = /^(notebook:run-|runmenu:run)/;
/** @type {(() => unknown)[]} */
const held = [];

function pythonIsThere() {
  const shows = /** @type {HTMLElement | null} */ (document.querySelector(".jp-Notebook-ExecutionIndicator"));
  const status = shows?.dataset.status;
  const kernel = document.querySelector(".jp-Toolbar-kernelName")?.textContent;
  return kernel?.startsWith("Python") && (status === "idle" || status === "busy");
}

/** @param {() => unknown} run */
function hold(run) {
  waiting.textContent = held.push(run) === 1
    ? "Python is starting: what you run runs as soon as it is there."
    : `Python is starting: your ${held.length} runs begin as soon as it is there.`;
}

const waiting = document.createElement("p");
waiting.className = "python-starting";
waiting.setAttribute("role", "status");
waiting.textContent = "Python is starting. On a slow line this takes minutes, once.";

// JupyterLite gives its application to the page before it starts it; see `exposeAppInBrowser`.
/** @typedef {{commands: {execute: (command: string, options?: object) => Promise<unknown>}, shell: {currentWidget: {context?: Context} | null}}} Application */
/** @type {Application | undefined} */
let application;
Object.defineProperty(globalThis, "jupyterapp", {
  get: () => application,
  set(/** @type {Application} */ app) {
    application = app;
    const execute = app.commands.execute.bind(app.commands);
    app.commands.execute = async (command, options) => {
      if (!RUN.test(command) || !waiting.isConnected) return execute(command, options);
      return hold(() => execute(command, options));
    };
  },
});

// What changes while a save is under way, JupyterLab takes for saved: a verdict that came just then
// would be lost. It is marked as unsaved again, so that the next save takes it.
/** @template T @typedef {{connect: (slot: (sender: unknown, value: T) => void) => void}} Signal */
/** @typedef {{model: {dirty: boolean, contentChanged: Signal<void>}, saveState: Signal<string>}} Context */
/** @param {Context} context */
function saveWhatChangesMeanwhile({ model, saveState }) {
  let changed = false;
  model.contentChanged.connect(() => { changed = true; });
  saveState.connect((_, state) => {
    if (state === "started") changed = false;
    else if (state === "completed" && changed) model.dirty = true;
  });
}

const opening = setInterval(() => {
  const context = application?.shell.currentWidget?.context;
  if (!context) return;
  clearInterval(opening);
  saveWhatChangesMeanwhile(context);
}, 200);

document.addEventListener("DOMContentLoaded", () => document.body.append(waiting), { once: true });
if (document.body) document.body.append(waiting);
const watch = setInterval(async () => {
  if (!pythonIsThere()) return;
  clearInterval(watch);
  waiting.remove();
  for (const run of held.splice(0)) {
    run();
    await new Promise((later) => setTimeout(later, 200)); // the next cell has become the active one
  }
}, 200);

// JupyterLite now and then writes its own name into the title of the tab.
/** @param {string} path  of the notebook */
function nameTab(path) {
  const [folder, ...rest] = path.split("/");
  const name = `${rest.at(-1)?.replace(".ipynb", "")} · ${folder === "exercises" ? "exercise" : "lesson"}`;
  const write = () => document.title === name || (document.title = name);
  new MutationObserver(write).observe(/** @type {Node} */ (document.querySelector("title")), { childList: true });
  write();
}

const shown = new URLSearchParams(location.search).get("path");
resets.addEventListener("message", ({ data }) => data === shown && location.reload());
if (shown) {
  nameTab(shown);
  await dropDeadWidgets(shown).catch(console.warn); // no storage, nothing saved
}
