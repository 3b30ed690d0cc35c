// What a student types is kept in this browser, one entry a cell, and never leaves the machine.
// Nothing here throws: where the browser refuses to keep an entry, memory holds it until the page
// is left, `keep` says so, and the student can save a file.

const PREFIX = "course:";
export const STATUSES = ["open", "tried", "done"];
const MOST_BYTES = 4_000_000;
const MOST_TEXT = 50_000;
const MOST_OTHERS = 5;
/** Entries that could not be stored. @type {Map<string, Entry>} */
const memory = new Map();

/**
 * @typedef {{text: string, version: string, saved: number}} Version  one text and its task's version
 * @typedef {Version & {status: string, solved?: string, others: Version[]}} Entry
 *   `status` is the best reached so far, `solved` the task's version that was solved, and `others`
 *   further texts of the same cell that must not be lost, the latest first.
 */

/** @returns {Entry | undefined} */
export function read(id) {
  if (memory.has(id)) return memory.get(id);
  try {
    return entry(JSON.parse(localStorage.getItem(PREFIX + id)));
  } catch {
    return undefined; // no storage, or not ours
  }
}

/**
 * Keep a text. When the stored text is not the one this page knew (`known` is its `saved`), another
 * tab wrote it, and it stays beside the new one.
 * @returns {{entry: Entry, kept: boolean}}
 */
export function keep(id, fresh, known) {
  const stored = read(id);
  const foreign = stored && stored.saved !== known ? [stored] : [];
  const next = { ...fresh, saved: Math.max(Date.now(), (stored?.saved ?? 0) + 1) };
  next.others = further(fresh.text, [...foreign, ...fresh.others]);
  return { entry: next, kept: put(id, next) };
}

/** Every entry of the course. @returns {Map<string, Entry>} */
export function all() {
  const found = new Map();
  try {
    for (const key of Object.keys(localStorage)) {
      const id = key.slice(PREFIX.length);
      const value = key.startsWith(PREFIX) && read(id);
      if (value) found.set(id, value);
    }
  } catch {
    // no storage: memory is all there is
  }
  for (const [id, value] of memory) found.set(id, value);
  return found;
}

/** Call back with `(id, entry)` when another tab keeps a text. */
export function watch(callback) {
  addEventListener("storage", ({ key }) => {
    const value = key?.startsWith(PREFIX) && read(key.slice(PREFIX.length));
    if (value) callback(key.slice(PREFIX.length), value);
  });
}

/** Offer all the work as a file. */
export function download() {
  const work = { format: "course-work", entries: Object.fromEntries(all()) };
  const day = new Date().toISOString().slice(0, 10);
  saveAs(`course-work-${day}.json`, "application/json", JSON.stringify(work, null, 1));
}

/** Offer a text as a file. */
export function saveAs(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/**
 * Take in a file written by `download`. A text that differs from the one kept here does not replace
 * it: the later stays in front, the other beside it.
 * @param {File} file
 * @returns {Promise<{count: number, kept: boolean}>}
 */
export async function upload(file) {
  if (file.size > MOST_BYTES) throw new Error("this file is too large to be saved work");
  const work = await file.text().then(JSON.parse).catch(() => null);
  if (work?.format !== "course-work" || typeof work.entries !== "object" || !work.entries) {
    throw new Error("this is not a file of saved work");
  }
  const entries = Object.entries(work.entries).filter(([id, e]) => /^[\w./#-]{1,120}$/.test(id) && entry(e));
  let kept = true;
  for (const [id, raw] of entries) kept = put(id, merged(read(id), entry(raw))) && kept;
  return { count: entries.length, kept };
}

/** Forget everything this site keeps in this browser, JupyterLite's notebooks included. */
export async function erase() {
  memory.clear();
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  }
  const databases = (await indexedDB.databases?.()) ?? [];
  for (const { name } of databases) if (name.startsWith("JupyterLite")) indexedDB.deleteDatabase(name);
}

function put(id, value) {
  try {
    localStorage.setItem(PREFIX + id, JSON.stringify(value));
    memory.delete(id);
    return true;
  } catch {
    memory.set(id, value); // private mode, or the storage is full
    return false;
  }
}

/** @returns {Entry} */
function merged(mine, theirs) {
  if (!mine) return theirs;
  const [front, back] = theirs.saved > mine.saved ? [theirs, mine] : [mine, theirs];
  const best = STATUSES.indexOf(back.status) > STATUSES.indexOf(front.status) ? back : front;
  const others = further(front.text, [back, ...front.others, ...back.others]);
  return { ...front, status: best.status, solved: best.solved, others };
}

/** Return the texts that differ from `text` and from each other. */
export function further(text, versions) {
  const texts = new Set([text]);
  const fresh = versions.filter((v) => !texts.has(v.text) && texts.add(v.text));
  return fresh.slice(0, MOST_OTHERS).map(version);
}

const version = ({ text, version, saved }) => ({ text, version, saved });

function isVersion(value) {
  return (
    typeof value?.text === "string" && value.text.length <= MOST_TEXT &&
    typeof value.version === "string" && value.version.length <= 80 && Number.isFinite(value.saved)
  );
}

/** Return the parts of a value that make an entry, or undefined when it is none. */
function entry(value) {
  if (!isVersion(value) || !STATUSES.includes(value.status)) return undefined;
  const others = Array.isArray(value.others) ? value.others.filter(isVersion) : [];
  const clean = { ...version(value), status: value.status, others: further(value.text, others) };
  if (typeof value.solved === "string" && value.solved.length <= 80) clean.solved = value.solved;
  return clean;
}
