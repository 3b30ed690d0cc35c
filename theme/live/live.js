// Makes the cells of a page live. The code that the page shows is the only source: cells tagged
// answer, try and setup get an editor and buttons, a check is run on request, and any other code
// cell of the page runs, unseen, when a live one needs it. Without this script the page still reads.
import { Cell } from "./cell.js";
import { Python, Stopped } from "./python.js";
import * as store from "./store.js";

const LIVE = { tag_answer: "answer", tag_try: "try", tag_setup: "setup" };
const NEAR = "300px 0px";
const root = document.documentElement.dataset.content_root || "./";
const slug = location.pathname.split("/").pop().replace(/\.html$/, "");
const frugal = navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches;

/** All code cells in the order of the page; those that are not live only have a text. */
const cells = [];
let current; // the cell that says what Python is doing
let state = "Starting Python…";
let queue = Promise.resolve();
let round = 0; // Stop begins a new one; what an older round still wants is dropped

const python = new Python({
  worker: new URL(WORKER, import.meta.url),
  runtime: new URL(`${root}runtime/${RUNTIME}/`, document.baseURI).href,
  packages: ["pandas", "course"],
  say(words) {
    state = words;
    current?.say(words);
  },
});

function collect() {
  const count = { setup: 0, try: 0 };
  let version = "1"; // of the task whose prompt was last passed
  for (const node of document.querySelectorAll("main .task-about, main .cell")) {
    version = node.dataset.version ?? version;
    const code = codeOf(node);
    if (code === undefined || node.classList.contains("tag_check")) continue;
    const kind = LIVE[Object.keys(LIVE).find((name) => node.classList.contains(name))];
    if (!kind) {
      cells.push({ kind: "plain", name: "a cell above", code, text: code, show() {} });
      continue;
    }
    const data = kind === "answer" ? answer(node, version) : {
      id: `${slug}/${digest(code)}`,
      name: `${kind === "try" ? "Try it" : "Setup"} ${++count[kind]}`,
      version: "1",
    };
    cells.push(new Cell(node, { kind, code, ...data }, { run, stop, root }));
  }
}

const codeOf = (node) => node?.querySelector(".cell_input pre")?.textContent.trimEnd();

/** What the check after an answer tells of it; its printed code gives way to the button. */
function answer(node, version) {
  const check = codeOf(node.nextElementSibling);
  const [, id] = check.match(/^check\("([\d.]+)"/m);
  node.nextElementSibling.hidden = true;
  return { id, name: `Exercise ${id}`, version, check };
}

function digest(text) {
  let hash = 5381;
  for (const letter of text) hash = (hash * 33 + letter.codePointAt(0)) >>> 0;
  return hash.toString(36);
}

function run(cell, check) {
  const mine = round;
  cell.setBusy(true);
  cell.open();
  queue = queue
    .then(() => (mine === round ? runNow(cell, check) : cell.say("Stopped.")))
    .catch((error) => {
      const stopped = error instanceof Stopped;
      current = undefined; // the restart goes on unseen
      const what = stopped ? "Stopped" : `Python stopped (${error.message}), and Run starts it anew`;
      cell.say(`${what}. Your text is kept.`);
    })
    .then(() => cell.setBusy(false));
}

function stop() {
  round += 1;
  python.stop();
}

/** Let a cell say what Python is doing. */
function follow(cell) {
  if (current?.says.textContent === state) current.say("");
  current = cell;
  cell.say(state);
}

async function runNow(cell, check) {
  follow(cell);
  const above = cells.slice(0, cells.indexOf(cell));
  const texts = above.map(({ text, kind }) => ({ code: text, always: kind === "setup" }));
  const needed = await python.needed(check ? `${cell.text}\n${cell.check}` : cell.text, texts);
  for (const earlier of needed.map((position) => above[position])) {
    if (python.done.get(earlier) === earlier.text) continue;
    const { error } = await runOne(earlier);
    if (error) return cell.say(`This cell needs ${earlier.name}, which gave an error: ${error.short}`);
  }
  const { error } = await runOne(cell);
  if (error) return cell.say(error.line ? `Error in line ${error.line}.` : "Error.");
  if (check) cell.judge(await python.run(null, cell.check, `the check of ${cell.name}`));
  cell.say("Done.");
}

async function runOne(cell) {
  const result = await python.run(cell, cell.text, cell.name);
  cell.show(result);
  if (result.error?.kind === "KeyboardInterrupt") throw new Stopped();
  return result;
}

/** Open the editor, and start Python before it is asked for unless that costs the reader. */
function approach(cell) {
  cell.open();
  if (frugal) return;
  if (!current) follow(cell);
  python.start().then(prepare, ({ message }) => cell.say(`Python could not start (${message}). Run tries again.`));
}

/** Once nothing waits to run, fetch and import what the cells of the page, as printed, import. */
let prepared;
function prepare() {
  prepared ??= queue.then(() => python.prepare(cells.map(({ code }) => code))).catch(() => {});
}

collect();
const live = cells.filter((cell) => cell instanceof Cell);
if (live.length) {
  const observer = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      approach(live.find(({ node }) => node === target));
    }
  }, { rootMargin: NEAR });
  for (const cell of live) {
    if (!frugal) observer.observe(cell.node);
    cell.node.addEventListener("focusin", () => approach(cell), { once: true });
    cell.node.querySelector(".cell_input").addEventListener("click", () => cell.open());
  }
  store.watch((id, entry) => live.find((cell) => cell.id === id)?.foreign(entry));
}
