// The page "Your progress": what is done, tried and open, and the work as one file.
import { language, told } from "../static/words.js";
import { button, make } from "./dom.js";
import { home } from "./home.js";
import { forget, offer } from "./keep.js";
import { counted } from "./shown.js";
import * as store from "./store.js";

const root = document.documentElement.dataset.content_root || "./";
const place = document.getElementById("progress");
const LISTS = `${home}_static/${language === "en" ? "" : `lists/${language}/`}`;
/** @typedef {{id: string, title: string, lesson: string, slug: string, version: number, core: boolean, english?: boolean}} Task  `english`: its page is in English alone */
/** @typedef {{id: string, statement: string}} Bet */
/** @type {Record<string, string>} */
const WORDS = { done: told("Done"), tried: told("Tried"), open: told("Open") };
const ERASE = told("Erase everything that this course keeps in this browser? Save it to a file first if you want it back.");
const ERASED = told("Erased. Nothing of your work is left in this browser.");
const NOT_ERASED = told("The page may not erase here: clear this site's data in the browser's settings.");
const NO_CODE = told("This is no code: 3 to 20 letters and digits, at least one digit, no spaces. Or leave it empty.");
const UNKEPT = told("This browser cannot keep them: save them again before you leave.");
/** @type {Task[]} */
let tasks = [];
/** @type {Bet[]} */
let bets = [];

function draw() {
  const entries = store.all();
  /** @type {Record<string, number>} */
  const counts = { done: 0, tried: 0, open: 0 };
  /** @type {Map<string, {list: HTMLElement, done: number, of: number}>} */
  const lessons = new Map(); // `done` of so many
  for (const task of tasks) {
    const entry = entries.get(task.id);
    const status = entry?.status ?? "open";
    counts[status] += 1;
    const lesson = lessons.get(task.lesson) ?? { list: make("ul", "progress-list"), done: 0, of: 0 };
    lessons.set(task.lesson, lesson);
    lesson.list.append(row(task, status, entry));
    lesson.of += 1;
    if (status === "done") lesson.done += 1;
  }
  const { done, tried, open } = counts;
  const total = told("{done} of {all} tasks done, {tried} tried, {open} open.", { done, all: tasks.length, tried, open });
  const sections = [...lessons].flatMap(([lesson, { list, done, of }]) => {
    const head = make("h2", "", told("Lesson {number}", { number: lesson }));
    head.append(" ", make("span", "progress-count", told("{done} of {all}", { done, all: of })));
    return [head, list];
  });
  place?.querySelector(".progress-tasks")?.replaceChildren(make("p", "progress-total", total), ...betting(entries), ...sections);
}

/** The bets of lesson 00, once one is placed. @param {Map<string, store.Entry>} entries */
function betting(entries) {
  const placed = bets.map((bet) => ({ ...bet, text: entries.get(`bets/${bet.id}`)?.text ?? "" }));
  if (!placed.some(({ text }) => text)) return [];
  const list = make("ul", "progress-list progress-bets");
  for (const { statement, text } of placed) {
    const item = make("li");
    item.append(make("span", "", statement), make("span", "progress-status", text ? `${text}%` : told("no bet")));
    list.append(item);
  }
  const count = placed.filter(({ text }) => text).length;
  const head = make("h2", "", told("Your bets"));
  const all = counted(placed.length, told("{count} bet"), told("{count} bets"));
  head.append(" ", make("span", "progress-count", told("{done} of {all}", { done: count, all })));
  return [head, list];
}

/** @param {Task} task @param {string} status @param {store.Entry | undefined} entry */
function row(task, status, entry) {
  const changed = status !== "open" && (entry?.solved ?? entry?.version) !== String(task.version);
  const words = changed ? told("{status}, and the task has changed since", { status: WORDS[status] }) : WORDS[status];
  const href = `${task.english ? home : root}exercises/${task.slug}.html#task-${task.id.replace(".", "-")}`;
  const item = make("li", "", "", { "data-status": status });
  item.append(make("a", "", `${task.id} ${task.title}`, { href }), make("span", "progress-status", words));
  if (!task.core) item.append(make("span", "progress-further", told("Go further")));
  return item;
}

function tools() {
  const bar = make("div", "live-bar");
  const says = make("p", "progress-says", "", { role: "status" });
  const type = { type: "file", accept: ".json,application/json", hidden: "" };
  const chooser = /** @type {HTMLInputElement} */ (make("input", "", "", type));
  chooser.setAttribute("aria-label", told("File of saved work"));
  chooser.addEventListener("change", async () => {
    const file = chooser.files?.[0];
    if (file) says.textContent = await take(file);
    chooser.value = "";
    draw();
  });
  async function erase() {
    if (!confirm(ERASE)) return;
    says.textContent = await store.erase().then(forget).then(() => ERASED, () => NOT_ERASED);
    draw();
  }
  const code = /** @type {HTMLInputElement} */ (make("input", "progress-code", "", { type: "text", autocomplete: "off", spellcheck: "false", maxlength: "24" }));
  const label = make("label", "progress-hand-in", told("To hand in: the code from your teacher, never your name"));
  label.append(" ", code);
  function save() {
    const given = store.codeOf(code.value);
    says.textContent = code.value.trim() && !given ? NO_CODE : "";
    if (says.textContent) return code.focus();
    store.download(given);
    code.value = ""; // it stays in the file alone
  }
  bar.append(
    button(told("Save my work to a file"), save),
    button(told("Load work from a file"), () => chooser.click()),
    button(told("Shared computer: erase my work"), erase),
  );
  const why = make("p", "progress-hand-in");
  why.append(make("a", "", told("Why a code and not a name?"), { href: "#hand-in-your-work" }));
  return [label, why, bar, chooser, says];
}

/** @param {File} file */
async function take(file) {
  try {
    const { count, kept } = await store.upload(file);
    const loaded = counted(count, told("{count} text loaded."), told("{count} texts loaded."));
    return kept ? loaded : `${loaded} ${UNKEPT}`;
  } catch (error) {
    return told("Nothing was loaded: {why}.", { why: /** @type {Error} */ (error).message });
  }
}

if (place) {
  place.replaceChildren(...tools(), make("div", "progress-tasks"));
  try {
    [tasks, bets] = await Promise.all(
      ["tasks", "bets"].map(async (name) => (await fetch(`${LISTS}${name}.json`)).json()),
    );
    draw();
  } catch {
    place.append(make("p", "", told("The list of tasks could not be loaded. Your work can still be saved.")));
  }
  store.watch(draw);
  offer().catch(() => {}); // the rest of the page does without
}
