// Makes the cells of a page live. The code that the page shows is the only source: cells tagged
// answer, try and setup get an editor and buttons, a check is run on request, and any other code
// cell of the page runs, unseen, when a live one needs it. Without this script the page still reads.
import { told } from "../static/words.js";
import { arrive } from "./arrive.js";
import { Cell } from "./cell.js";
import { keepStill } from "./dom.js";
import { home } from "./home.js";
import { mark } from "./marks.js";
import { Broken, Python, Stopped } from "./python.js";
import * as store from "./store.js";

/**
 * A code cell that is not live: it has a text, and shows nothing.
 * @typedef {{kind: string, name: string, code: string, text: string, unseen?: boolean, show: () => void, age: () => void}} Plain
 * @typedef {import("./python.js").Result} Result
 */

/** @type {Record<string, string>} */
const LIVE = { tag_answer: "answer", tag_try: "try", tag_setup: "setup" };
const NEAR = "300px 0px";
const slug = (location.pathname.split("/").pop() ?? "").replace(/\.html$/, "");
const { connection } = /** @type {Navigator & {connection?: {saveData: boolean}}} */ (navigator);
const frugal = connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches;

/** All code cells in the order of the page; those that are not live only have a text. @type {(Cell | Plain)[]} */
const cells = [];
/** @type {Cell | undefined} */
let current; // the cell that says what Python is doing
/** @type {[string, number?, number?]} */
let state = [told("Starting Python…")];
/** @type {Promise<unknown>} */
let queue = Promise.resolve();
let round = 0; // Stop begins a new one; what an older round still wants is dropped
const leftOut = new Set(); // names of cells at which Python broke

/** What shows outputs; it is loaded along with Python. */
/** @type {Promise<typeof import("./output.js")> | undefined} */
let showing;
const shower = () => (showing ??= import("./output.js").catch((error) => {
  showing = undefined;
  throw error;
}));

const python = new Python({
  worker: async () => (await import("./worker-text.js")).default,
  runtime: new URL(`${home}runtime/${RUNTIME}/`, document.baseURI).href,
  bytes: BYTES,
  say(...words) {
    state = words;
    current?.say(...words);
  },
  leftOut: (cell) => leftOut.add(/** @type {Cell} */ (cell).name),
});

function collect() {
  /** @type {Record<string, number>} */
  const count = { setup: 0, try: 0 };
  let version = "1", prompt = "", title = "", core = false; // of the task that was last passed
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("main .task-about, main .cell"))) {
    if (node.dataset.version) {
      version = node.dataset.version;
      prompt = promptOf(node);
      title = node.closest("section")?.querySelector("h2, h3")?.firstChild?.textContent ?? "";
      core = node.classList.contains("core");
    }
    const code = codeOf(node);
    if (code === undefined || node.classList.contains("tag_check")) continue;
    const kind = LIVE[Object.keys(LIVE).find((name) => node.classList.contains(name)) ?? ""];
    if (!kind) {
      cells.push({ kind: "plain", name: told("a cell above"), code, text: code, show() {}, age() {} });
      continue;
    }
    const data = kind === "answer" ? { ...answer(node, version), prompt, title, core } : {
      id: `${slug}/${digest(code)}`,
      name: named(kind, ++count[kind]),
      version: "1",
    };
    cells.push(new Cell(node, { kind, code, ...data }, { run, stop, restart, changed, following, shower }));
  }
}

/** @param {string} kind @param {number} number */
const named = (kind, number) => (kind === "try" ? told("Try it {number}", { number }) : told("Setup {number}", { number }));

/** @param {Element | null} node */
const codeOf = (node) => node?.querySelector(".cell_input pre")?.textContent?.trimEnd();

/** The question of a task, which stands above the line about its answer. @param {Element} about */
function promptOf(about) {
  const said = [];
  for (let part = about.previousElementSibling; part; part = part.previousElementSibling) said.unshift(part.textContent);
  return said.join(" ");
}

/** What the check after an answer tells of it; its printed code gives way to the button. @param {Element} node @param {string} version */
function answer(node, version) {
  const next = /** @type {HTMLElement} */ (node.nextElementSibling);
  const check = codeOf(next) ?? "";
  const [, id = "", turn = ""] = check.match(/^check\("(\d\d\.(t?)\d+)"/m) ?? [];
  next.hidden = true;
  const name = turn ? told("Your turn {id}", { id: id.replace("t", "") }) : told("Exercise {id}", { id });
  return { id, name, version, check, counts: !turn };
}

/** @param {string} text */
function digest(text) {
  let hash = 5381;
  for (const letter of text) hash = (hash * 33 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return hash.toString(36);
}

/** A text has changed: what belongs to the earlier one is marked, everywhere. */
function changed() {
  for (const cell of cells) cell.age();
}

/** @param {Cell} cell @param {import("./cell.js").What} what */
function run(cell, what) {
  const mine = round;
  cell.setBusy(true);
  cell.open();
  queue = queue
    .then(() => (mine === round ? WHAT[what](cell) : cell.say(told("Stopped."))))
    .catch((error) => {
      current = undefined; // the restart goes on unseen
      cell.say([ended(error), told("Your text is kept.")].join(" "));
    })
    .then(() => cell.setBusy(false));
}

/** Say how Python ended. @param {Error} error */
function ended(error) {
  if (error instanceof Stopped) return told("Stopped.");
  if (error instanceof Broken) return told("This cell broke Python. Python starts anew, without it.");
  return told("Python stopped: {why}. Run starts it anew.", { why: error.message.replace(/\.$/, "") });
}

function stop() {
  round += 1;
  python.stop();
}

/** @param {Cell} cell */
function restart(cell) {
  round += 1;
  leftOut.clear();
  follow(cell);
  python.restart().then(
    () => cell.say(told("Python is new: it knows no name. Run the cells that you need.")),
    ({ message: why }) => cell.say(told("Python could not start: {why}.", { why })),
  );
}

/** Let a cell say what Python is doing. @param {Cell} cell */
function follow(cell) {
  if (current && current !== cell && current.says.textContent === state[0]) current.say("");
  current = cell;
  cell.say(...state);
}

const above = (/** @type {Cell} */ cell) => cells.slice(0, cells.indexOf(cell));

/** The cells above that must run before some code; false when one of them may not yet. @param {Cell} cell @param {string} code */
async function needed(cell, code) {
  const earlier = above(cell);
  const texts = earlier.map(({ text, kind }) => ({ code: text, always: kind === "setup" }));
  const found = (await python.needed(code, texts)).map((position) => earlier[position]);
  return mayRun(cell, found) && found;
}

/** Set-up that came from a file runs only after the student has seen it and said so. @param {Cell} cell @param {(Cell | Plain)[]} found */
function mayRun(cell, found) {
  const unseen = found.find((one) => one.unseen);
  if (unseen) cell.say(told("{name} holds a text that came from a file. Read it first, and say there whether it may run.", { name: unseen.name }));
  return !unseen;
}

/** @type {Record<import("./cell.js").What, (cell: Cell) => Promise<void>>} */
const WHAT = {
  /** Run a cell as a notebook does, after the cells above that it needs. */
  async run(cell) {
    follow(cell);
    const before = await needed(cell, cell.text);
    if (!before || !(await runAbove(cell, before))) return;
    const { error } = await runOne(cell);
    if (error) return cell.say(failed(error));
    cell.say(finished());
  },

  /** Run every cell above, in order. */
  async above(cell) {
    follow(cell);
    const before = above(cell);
    if (mayRun(cell, before) && (await runAbove(cell, before, true))) cell.say(told("{count} cells above have run.", { count: before.length }));
  },

  /** Check an answer from the texts that stand on the page, and from nothing that ran before. */
  async check(cell) {
    follow(cell);
    const used = await needed(cell, `${cell.text}\n${cell.check}`);
    if (!used) return;
    const asked = used.map(({ text, code, name, kind }) => ({
      code: text,
      written: kind === "setup" || kind === "plain" ? code : null,
      name,
    }));
    const { text: code, check = "", name, prompt } = cell;
    const result = await python.check({ code, check, name, prompt, above: asked });
    const { error } = result;
    if (error?.kind === "KeyboardInterrupt") throw new Stopped();
    if (error && error.where !== null && error.where !== undefined) {
      const at = used[error.where];
      await at.show({ outputs: result.above[error.where]?.outputs ?? [], error });
      await cell.judge({ ...result, verdict: null }, used);
      return cell.say(told("Check needs {name}, which gave an error: {error}", { name: at.name, error: error.short }) + wayBack(at));
    }
    // with both, a blank is open: the verdict says so, and its line is marked
    await cell.show({ outputs: result.outputs, error: result.verdict ? null : error, line: error?.line });
    await cell.judge(result, used);
    cell.say(error && !result.verdict ? failed(error) : finished());
  },
};

/** The task to go on with: an open one of the core first, the next on the page before an earlier. @param {Cell} cell */
function following(cell) {
  const tasks = /** @type {Cell[]} */ (cells.filter((one) => one instanceof Cell && one.check && one.counts));
  const open = tasks.filter((one) => one !== cell && one.status !== "done");
  const after = open.filter((one) => tasks.indexOf(one) > tasks.indexOf(cell));
  return after.find(({ core }) => core) ?? open.find(({ core }) => core) ?? after[0] ?? open[0];
}

/** What helps where a cell above fails that was changed. @param {Cell | Plain} cell */
function wayBack({ text, code, name }) {
  const help = told("You changed {name}; its button Reset brings back the original.", { name });
  return text.trim() === code.trim() ? "" : `. ${help}`;
}

/** Say where a cell failed, if that is known. @param {{line?: number}} error */
const failed = ({ line }) => (line ? told("Error in line {line}.", { line }) : told("Error."));

/** What is said at the end; also which cells were not run again after Python broke. */
function finished() {
  if (!leftOut.size) return told("Done.");
  const and = told("and");
  const names = [...leftOut].join(` ${and} `);
  leftOut.clear();
  return told("Done. {names} broke Python and was left out.", { names });
}

/** Run cells for another one; returns whether all went well. @param {Cell} cell @param {(Cell | Plain)[]} earlier */
async function runAbove(cell, earlier, anew = false) {
  for (const one of earlier) {
    if (!anew && python.done.get(one) === one.text) continue;
    const { error } = await runOne(one, true).catch((reason) => {
      if (reason instanceof Broken) throw new Error(told("{name} broke Python", { name: one.name }));
      throw reason;
    });
    if (!error) continue;
    cell.say(told("This cell needs {name}, which gave an error: {error}", { name: one.name, error: error.short }) + wayBack(one));
    return false;
  }
  return true;
}

/** @param {Cell | Plain} cell @returns {Promise<Result>} */
async function runOne(cell, folded = false) {
  const result = await python.run(cell, cell.text, cell.name);
  await cell.show(result, folded);
  if (result.error?.kind === "KeyboardInterrupt") throw new Stopped();
  return result;
}

/** Open the editor, and start Python before it is asked for unless that costs the reader. @param {Cell} cell */
function approach(cell) {
  cell.open();
  if (frugal) return;
  if (!current) follow(cell);
  shower().catch(() => {});
  python.start().then(prepare, ({ message }) => cell.say(told("Python could not start: {why}. Run tries again.", { why: message.replace(/\.$/, "") })));
}

/** @type {Promise<unknown> | undefined} */
let prepared;
/** Once nothing waits to run, get ready what the cells of the page, as printed, and their checks need. */
function prepare() {
  const codes = cells.flatMap((cell) => ("check" in cell && cell.check ? [cell.code, cell.check] : [cell.code]));
  prepared ??= queue.then(() => python.prepare(codes)).catch(() => {});
}

document.querySelector(".missing")?.remove(); // this script is here
collect();
const live = cells.filter((cell) => cell instanceof Cell);
if (live.length) {
  document.documentElement.classList.add("has-cells");
  arrive(keepStill(live.map(({ node }) => node)));
  mark(live);
  const observer = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      const cell = live.find(({ node }) => node === target);
      if (cell) approach(cell);
    }
  }, { rootMargin: NEAR });
  for (const cell of live) {
    if (!frugal) observer.observe(cell.node);
    cell.node.addEventListener("focusin", () => approach(cell), { once: true });
    cell.node.querySelector(".cell_input")?.addEventListener("click", () => cell.open());
  }
  store.watch((id, entry) => live.find((cell) => cell.id === id)?.foreign(entry));
}
