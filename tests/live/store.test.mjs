import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { KEY, clear, entry, file, fill, get, heard, load, put, storage } from "./page.mjs";

beforeEach(clear);
const fresh = (text, more = {}) => ({ text, version: "1", status: "tried", others: [], ...more });
const texts = (versions) => versions.map(({ text }) => text);

test("names hold the site's path, and another site on the host is left alone", async () => {
  const store = await load("store.js");
  store.keep("04.1", fresh("mine"));
  put("04.1", entry("theirs"), "course:/other/:work:");
  assert.deepEqual(Object.keys(storage).sort(), ["course:/course/:work:04.1", "course:/other/:work:04.1"]);
  assert.deepEqual([...store.all().keys()], ["04.1"]);
  globalThis.indexedDB = { databases: async () => [], deleteDatabase() {} };
  await store.erase();
  assert.deepEqual(Object.keys(storage), ["course:/other/:work:04.1"]);
});

test("only the site's own databases of JupyterLite are erased", async () => {
  const store = await load("store.js");
  const names = {
    "JupyterLite Storage - /course/lite/": true,
    "JupyterLite Storage - /course/es/lite/": true,
    "JupyterLite Storage - /lite/": false,
    "JupyterLite Storage - /course2/lite/": false,
    "JupyterLite Storage - /course/sub/dir/lite/": false,
    "Other Storage - /course/lite/": false,
  };
  for (const [name, own] of Object.entries(names)) assert.equal(store.isOwnDatabase(name), own, name);
  const deleted = [];
  const databases = async () => Object.keys(names).map((name) => ({ name }));
  globalThis.indexedDB = { databases, deleteDatabase: (name) => deleted.push(name) };
  await store.erase();
  assert.deepEqual(deleted, Object.keys(names).filter((name) => names[name]));
});

test("what was kept under the old names is taken over once", async () => {
  put("04.1", entry("old", { saved: 9 }), "course:");
  put("04.1", entry("new", { saved: 7 }));
  put("bets/x", entry("70"), "course:");
  storage.setItem("course:theme", "dark");
  storage.setItem("course:last-page", "{}");
  storage.setItem("course:not-ours", "x");
  const store = await load("store.js");
  assert.equal(get("04.1").text, "old");
  assert.deepEqual(texts(get("04.1").others), ["new"]);
  assert.equal(store.read("bets/x").text, "70");
  assert.equal(storage.getItem("course:/course/:theme"), "dark");
  const left = Object.keys(storage).filter((key) => !key.startsWith("course:/"));
  assert.deepEqual(left, ["course:not-ours"]);
});

test("when the storage is full, the old names keep what they hold, and the page has it", async () => {
  put("04.1", entry("old"), "course:");
  fill(true);
  const store = await load("store.js");
  assert.equal(JSON.parse(storage.getItem("course:04.1")).text, "old");
  assert.equal(store.read("04.1").text, "old");
  fill(false);
  const later = await load("store.js");
  assert.equal(get("04.1").text, "old");
  assert.equal(storage.getItem("course:04.1"), null);
  assert.equal(later.read("04.1").others.length, 0);
});

test("a stored text is never dropped for its length", async () => {
  put("04.1", entry("x".repeat(200_000), { others: [{ text: "y".repeat(90_000), version: "1", saved: 1 }] }));
  const store = await load("store.js");
  assert.equal(store.read("04.1").text.length, 200_000);
  assert.equal(store.read("04.1").others[0].text.length, 90_000);
});

test("a text that is too long is said to be lost, and what was kept stays", async () => {
  const store = await load("store.js");
  const { entry: kept } = store.keep("04.1", fresh("short"));
  const long = store.keep("04.1", fresh("x".repeat(store.MOST_TEXT + 1)), kept.saved);
  assert.equal(long.lost, "long");
  assert.equal(get("04.1").text, "short");
  assert.equal(store.read("04.1").text.length, store.MOST_TEXT + 1); // until the page is left
  const again = store.keep("04.1", fresh("short again"), long.entry.saved);
  assert.equal(again.lost, "");
  assert.deepEqual(again.entry.others, []); // it was this page's own, not another tab's
  assert.equal(store.keep("04.2", fresh("x".repeat(store.MOST_TEXT))).lost, "");
});

test("of many texts of one cell the latest five stay", async () => {
  const store = await load("store.js");
  const versions = [1, 2, 3, 4, 5, 6, 7].map((n) => ({ text: `text ${n}`, version: "1", saved: n }));
  assert.deepEqual(texts(store.further("text 2", versions)), ["text 1", "text 3", "text 4", "text 5", "text 6"]);
  const { entry: kept } = store.keep("04.1", fresh("now", { others: versions }));
  assert.equal(kept.others.length, 5);
});

test("each text is kept with a later time than the one before, whatever the clock says", async () => {
  const store = await load("store.js");
  put("04.1", entry("of tomorrow", { saved: Date.now() + 86_400_000 }));
  const first = store.keep("04.1", fresh("a"), get("04.1").saved).entry.saved;
  const second = store.keep("04.1", fresh("b"), first).entry.saved;
  assert.ok(first > Date.now() + 86_000_000);
  assert.ok(second > first);
  fill(true);
  const third = store.keep("04.1", fresh("c"), second).entry.saved;
  const fourth = store.keep("04.1", fresh("d"), third).entry.saved;
  assert.ok(third > second && fourth > third);
});

test("what another tab wrote stays beside, with its status, and older texts behind it", async () => {
  const store = await load("store.js");
  const { entry: known } = store.keep("04.1", fresh("mine"));
  put("04.1", entry("theirs", { saved: known.saved + 1, status: "done", solved: "1" }));
  const { entry: next } = store.keep("04.1", fresh("mine, later", { others: known.others }), known.saved);
  assert.deepEqual(texts(next.others), ["theirs"]);
  assert.deepEqual([next.status, next.solved], ["done", "1"]);
  assert.deepEqual(get("04.1"), next);
});

test("a file adds its texts, keeps the best status with its version, and the older texts", async () => {
  const store = await load("store.js");
  const old = (text, saved) => ({ text, version: "1", saved });
  put("04.1", entry("mine", { saved: 5, status: "done", solved: "2", others: [old("mine, older", 3)] }));
  const theirs = entry("theirs", { saved: 6, others: [old("theirs, older", 2)] });
  assert.deepEqual(await store.upload(file({ "04.1": theirs })), { count: 1, kept: true });
  const both = get("04.1");
  assert.equal(both.text, "theirs");
  assert.deepEqual([both.status, both.solved], ["done", "2"]);
  assert.deepEqual(texts(both.others), ["mine", "theirs, older", "mine, older"]);
});

test("a later text here stays in front of a file's", async () => {
  const store = await load("store.js");
  put("04.1", entry("mine", { saved: 9 }));
  await store.upload(file({ "04.1": entry("theirs", { saved: 6, status: "done", solved: "1" }) }));
  const both = get("04.1");
  assert.equal(both.text, "mine");
  assert.deepEqual([both.status, both.solved, both.unseen], ["done", "1", undefined]);
  assert.deepEqual(texts(both.others), ["theirs"]);
});

test("a text that came from a file is marked until the student has seen it", async () => {
  const store = await load("store.js");
  await store.upload(file({ "04-x/setup": entry("import evil"), "04.2": entry("same") }));
  assert.equal(get("04-x/setup").unseen, true);
  store.keep("04-x/setup", fresh("import evil"), 5);
  assert.equal(get("04-x/setup").unseen, undefined);
});

test("the first complete text of a written answer travels along", async () => {
  const store = await load("store.js");
  const first = { text: "first", version: "1", saved: 4 };
  store.keep("04.6", fresh("second", { first }));
  assert.deepEqual(get("04.6").first, first);
  await store.upload(file({ "04.7": entry("second", { first }) }));
  assert.deepEqual(get("04.7").first, first);
});

test("how a task went is kept, travels along, and of two ways the most and the first", async () => {
  const store = await load("store.js");
  const { entry: known } = store.keep("04.1", fresh("mine", { tries: 2, hints: 1, mistake: "share of all" }));
  put("04.1", entry("theirs", { saved: known.saved + 1, tries: 5, mistake: "other" }));
  const { entry: next } = store.keep("04.1", fresh("later", { tries: 3 }), known.saved);
  assert.deepEqual([next.tries, next.mistake, next.hints], [5, "other", undefined]);
  await store.upload(file({ "04.1": entry("file", { hints: 2, mistake: "third" }), "04.2": entry("x", { tries: "9", hints: -1, mistake: 5 }) }));
  assert.deepEqual([get("04.1").tries, get("04.1").mistake, get("04.1").hints], [5, "other", 2]);
  assert.deepEqual(Object.keys(get("04.2")), ["text", "version", "saved", "status", "others", "unseen"]);
});

test("a code has a digit, so that a name is none, and stands in capitals", async () => {
  const { codeOf } = await load("store.js");
  assert.deepEqual(["k7m2", " P-014 ", "ana", "ana perez 1", "a1", "", "7".repeat(21)].map(codeOf), ["K7M2", "P-014", "", "", "", "", ""]);
});

test("an entry named like a setting is none", async () => {
  const store = await load("store.js");
  storage.setItem("course:/course/:theme", "dark");
  await store.upload(file({ theme: entry("light"), "last-page": entry("x"), ":theme": entry("x") }));
  assert.equal(storage.getItem("course:/course/:theme"), "dark");
  assert.equal(storage.getItem(`${KEY}:theme`), null);
});

test("what a file holds is checked field by field", async () => {
  const store = await load("store.js");
  const { count } = await store.upload(file({
    "04.1": entry("fine", { more: "x", others: [{ text: 1 }, { text: "a", version: "1", saved: 2, more: 1 }] }),
    "04.2": { text: 5 },
    "04.3": entry("x", { status: "<b>" }),
    "04.4": entry("x", { saved: null }),
    "04.5": entry("x", { version: "v".repeat(81) }),
    "a b": entry("x"),
    "04.6": null,
  }));
  assert.equal(count, 1);
  const { saved, ...kept } = get("04.1");
  assert.deepEqual(kept, {
    text: "fine", version: "1", status: "tried", unseen: true, others: [{ text: "a", version: "1", saved: 2 }],
  });
});

test("what is no saved work is refused with a reason", async () => {
  const store = await load("store.js");
  const refused = (content) => store.upload(new File([content], "x")).then(() => "", ({ message }) => message);
  for (const content of ["no json", '{"format": "else"}', '{"format": "course-work"}', '{"format": "course-work", "entries": 5}']) {
    assert.equal(await refused(content), "this is not a file of saved work");
  }
  assert.equal(await refused(" ".repeat(4_000_001)), "this file is too large to be saved work");
});

test("where the browser refuses, memory holds the work and it says so", async () => {
  const store = await load("store.js");
  fill(true);
  const { lost, entry: kept } = store.keep("04.1", fresh("mine"));
  assert.equal(lost, "refused");
  assert.deepEqual(store.read("04.1"), kept);
  assert.equal(store.all().get("04.1").text, "mine");
});

test("another tab's text is told, another site's is not", async () => {
  const store = await load("store.js");
  const told = [];
  store.watch((id, { text }) => told.push([id, text]));
  put("04.1", entry("theirs"));
  put("04.1", entry("elsewhere"), "course:/other/:work:");
  for (const key of [`${KEY}04.1`, "course:/other/:work:04.1", "course:/course/:theme", null]) heard.get("storage")({ key });
  assert.deepEqual(told, [["04.1", "theirs"]]);
});
