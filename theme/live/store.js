// What a student types is kept in this browser, one entry a cell, and never leaves the machine.
// Nothing here throws: where the browser refuses to keep an entry, memory holds it until the page
// is left, `keep` says so, and the student can save a file.
import { told } from "../static/words.js";
import { OWN, WORK, home } from "./home.js";

export const STATUSES = ["open", "tried", "done"];
const MOST_BYTES = 4_000_000;
/** Longer texts would crowd out the others: they are for a file. */
export const MOST_TEXT = 50_000;
const MOST_OTHERS = 5;
const ID = /^[\w./#-]{1,120}$/;

/**
 * @typedef {{text: string, version: string, saved: number}} Version  one text and its task's version
 * @typedef {{tries?: number, mistake?: string, hints?: number}} Way
 *   how a task went: checks of a text, the name of the first known mistake, hints that were opened
 * @typedef {Version & Way & {status: string, solved?: string, first?: Version, unseen?: boolean, others: Version[]}} Entry
 *   `status` is the best reached so far, `solved` the task's version that was solved, `first` the
 *   text with which a written answer was first complete, and `others` further texts of the same
 *   cell that must not be lost, the latest first. `unseen`: the text came from a file, and the
 *   student has not said yet that it may run.
 */

/**
 * Entries that could not be stored, with the time of the stored one that each would replace.
 * @type {Map<string, {entry: Entry, over: number | undefined}>}
 */
const memory = new Map();

/** @param {string} id @returns {Entry | undefined} */
export function read(id) {
  return memory.get(id)?.entry ?? stored(id);
}

/** @param {string} id @returns {Entry | undefined} */
function stored(id) {
  try {
    return entry(JSON.parse(localStorage.getItem(WORK + id) ?? "null"));
  } catch {
    return undefined; // no storage, or not ours
  }
}

/**
 * Keep a text. When the stored text is not the one this page knew (`known` is its `saved`), another
 * tab wrote it, and it stays beside the new one.
 * @param {string} id
 * @param {Omit<Entry, "saved">} fresh
 * @param {number} [known]
 * @returns {{entry: Entry, lost: "" | "long" | "refused"}}  why it is not kept, if it is not
 */
export function keep(id, fresh, known) {
  const there = stored(id);
  const before = memory.has(id) ? memory.get(id)?.over : known;
  const foreign = there && there.saved !== before ? there : undefined;
  const last = Math.max(there?.saved ?? 0, memory.get(id)?.entry.saved ?? 0);
  /** @type {Entry} */
  const next = { ...fresh, saved: Math.max(Date.now(), last + 1) };
  if (foreign && rank(foreign) > rank(next)) Object.assign(next, best(foreign));
  if (foreign) Object.assign(next, way(foreign, next));
  next.others = further(fresh.text, [...(foreign ? [foreign] : []), ...fresh.others]);
  return { entry: next, lost: put(id, next) };
}

/** Every entry of the course. @returns {Map<string, Entry>} */
export function all() {
  const found = new Map();
  for (const key of keys(WORK)) {
    const id = key.slice(WORK.length);
    const value = read(id);
    if (value) found.set(id, value);
  }
  for (const [id, { entry: value }] of memory) found.set(id, value);
  return found;
}

/** Names in the browser's storage that begin so; none where it is closed. @param {string} start */
function keys(start) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(start));
  } catch {
    return [];
  }
}

/** Call back when another tab keeps a text. @param {(id: string, entry: Entry) => void} callback */
export function watch(callback) {
  addEventListener("storage", ({ key }) => {
    const id = key?.startsWith(WORK) ? key.slice(WORK.length) : "";
    const value = id && stored(id);
    if (value) callback(id, value);
  });
}

/** What a teacher's code may be. It has a digit, so that a name is none. */
const CODE = /^(?=.*\d)[A-Z\d][A-Z\d-]{2,19}$/;

/** Return a code as it is written into a file, or nothing where it is none. @param {string} typed */
export function codeOf(typed) {
  const code = typed.trim().toUpperCase();
  return CODE.test(code) ? code : "";
}

/** Offer all the work as a file. Its code stands in the file and its name, and is kept nowhere else. @param {string} [code] */
export function download(code = "") {
  const now = new Date();
  const entries = Object.fromEntries(all());
  const work = { format: "course-work", ...(code && { code }), made: now.getTime(), entries };
  const name = code || now.toISOString().slice(0, 10);
  saveAs(`course-work-${name}.json`, "application/json", JSON.stringify(work, null, 1));
}

/** Offer a content as a file. @param {string} name @param {string} type @param {BlobPart} content */
export function saveAs(name, type, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/**
 * Take in a file written by `download`. A text that differs from the one kept here does not replace
 * it: the later stays in front, the other beside it.
 * @param {{size: number, text: () => Promise<string>}} file
 * @returns {Promise<{count: number, kept: boolean}>}
 */
export async function upload(file) {
  if (file.size > MOST_BYTES) throw new Error(told("this file is too large to be saved work"));
  const work = await file.text().then(JSON.parse).catch(() => null);
  if (work?.format !== "course-work" || typeof work.entries !== "object" || !work.entries) {
    throw new Error(told("this is not a file of saved work"));
  }
  let count = 0;
  let kept = true;
  for (const [id, raw] of Object.entries(work.entries)) {
    const theirs = entry(raw);
    if (!theirs || !ID.test(id)) continue;
    const mine = read(id);
    const both = merged(mine, theirs);
    if (both.text !== mine?.text) both.unseen = true;
    kept = !put(id, both) && kept;
    count += 1;
  }
  return { count, kept };
}

/** Forget everything this site keeps in this browser, JupyterLite's notebooks included. */
export async function erase() {
  memory.clear();
  for (const key of Object.keys(localStorage)) if (key.startsWith(OWN)) localStorage.removeItem(key);
  const found = (await indexedDB.databases?.()) ?? [{ name: `JupyterLite Storage - ${home}lite/` }];
  for (const { name } of found) if (name && isOwnDatabase(name)) indexedDB.deleteDatabase(name);
}

/**
 * JupyterLite names its databases by its folder: the site's own, or that of another language in it.
 * @param {string} name
 */
export function isOwnDatabase(name) {
  const [what, folder = ""] = name.split(" - ");
  if (!what.startsWith("JupyterLite ") || !folder.startsWith(home)) return false;
  return /^([a-z]{2}\/)?lite\/$/.test(folder.slice(home.length));
}

/** @param {string} id @param {Entry} value @returns {"" | "long" | "refused"} why it is not kept */
function put(id, value) {
  const long = [value, ...value.others].some(({ text }) => text.length > MOST_TEXT);
  const over = memory.has(id) ? memory.get(id)?.over : stored(id)?.saved;
  try {
    if (!long) localStorage.setItem(WORK + id, JSON.stringify(value));
    if (!long) memory.delete(id);
  } catch {
    memory.set(id, { entry: value, over }); // private mode, or the storage is full
    return "refused";
  }
  if (long) memory.set(id, { entry: value, over });
  return long ? "long" : "";
}

/** @param {Entry | undefined} mine @param {Entry} theirs @returns {Entry} */
function merged(mine, theirs) {
  if (!mine) return theirs;
  const [front, back] = theirs.saved > mine.saved ? [theirs, mine] : [mine, theirs];
  const others = further(front.text, [back, ...front.others, ...back.others]);
  const first = mine.first ?? theirs.first;
  const reached = best(rank(back) > rank(front) ? back : front);
  return { ...front, ...reached, ...way(mine, theirs), ...(first && { first }), others };
}

/** @param {{status: string}} entry */
const rank = ({ status }) => STATUSES.indexOf(status);

/** The status of an entry and what belongs to it. @param {Entry} entry */
const best = ({ status, solved }) => ({ status, ...(solved !== undefined && { solved }) });

/** The way to a task as two entries tell it together; the first is the older. @param {Way} one @param {Way} two @returns {Way} */
function way(one, two) {
  const [tries, hints] = [Math.max(one.tries ?? 0, two.tries ?? 0), Math.max(one.hints ?? 0, two.hints ?? 0)];
  const mistake = one.mistake ?? two.mistake;
  return { ...(tries && { tries }), ...(mistake && { mistake }), ...(hints && { hints }) };
}

/** @param {any} value */
const count = (value) => (Number.isInteger(value) && value > 0 && value < 10_000 ? value : 0);

/**
 * Return the texts that differ from `text` and from each other, the latest few.
 * @param {string} text
 * @param {Version[]} versions
 */
export function further(text, versions) {
  const texts = new Set([text]);
  const fresh = versions.filter((v) => !texts.has(v.text) && texts.add(v.text));
  return fresh.slice(0, MOST_OTHERS).map(version);
}

/** @param {Version} version @returns {Version} */
const version = ({ text, version, saved }) => ({ text, version, saved });

/** @param {any} value */
function isVersion(value) {
  return (
    typeof value?.text === "string" && typeof value.version === "string" &&
    value.version.length <= 80 && Number.isFinite(value.saved)
  );
}

/**
 * Return the parts of a value that make an entry, or undefined when it is none.
 * @param {any} value
 * @returns {Entry | undefined}
 */
function entry(value) {
  if (!isVersion(value) || !STATUSES.includes(value.status)) return undefined;
  const others = Array.isArray(value.others) ? value.others.filter(isVersion) : [];
  /** @type {Entry} */
  const clean = { ...version(value), status: value.status, others: further(value.text, others) };
  const mistake = typeof value.mistake === "string" && value.mistake.length <= 120 ? value.mistake : undefined;
  Object.assign(clean, way({ tries: count(value.tries), hints: count(value.hints), mistake }, {}));
  if (typeof value.solved === "string" && value.solved.length <= 80) clean.solved = value.solved;
  if (isVersion(value.first)) clean.first = version(value.first);
  if (value.unseen === true) clean.unseen = true;
  return clean;
}

/**
 * Take over, once, what an earlier version of the course kept under names without the site's path.
 */
function takeOver() {
  for (const key of keys("course:")) {
    const id = key.slice("course:".length);
    const text = localStorage.getItem(key) ?? "";
    if (id === "theme" || id === "last-page") {
      localStorage.setItem(OWN + id, localStorage.getItem(OWN + id) ?? text);
      localStorage.removeItem(key);
      continue;
    }
    let old;
    try {
      old = entry(JSON.parse(text));
    } catch {
      // not ours
    }
    if (!old || !ID.test(id)) continue;
    if (put(id, merged(stored(id), old)) !== "refused") localStorage.removeItem(key);
  }
}

try {
  takeOver();
} catch {
  // the storage closed meanwhile: what is left is taken over the next time
}
