import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { load } from "./page.mjs";

const page = document.documentElement;
const asked = [];

beforeEach(() => {
  asked.length = 0;
  delete globalThis.courseWords;
});

/** Open a page in a language, on a server that gives an answer. */
function open(lang, answer) {
  page.lang = lang;
  globalThis.fetch = async (address) => {
    asked.push(address);
    return answer;
  };
  return load("../static/words.js");
}

test("an English page asks for nothing, and a place is filled as often as it stands", async () => {
  const { told, language } = await open("en");
  assert.equal(language, "en");
  assert.deepEqual(asked, []);
  assert.equal(told("Nothing else."), "Nothing else.");
  assert.equal(told("{a} and {b}, {a}", { a: "{b}", b: 0 }), "{b} and 0, {b}");
  assert.equal(told("{count} rows"), "{count} rows");
});

test("a page in Spanish asks once for all its scripts, and what is not translated stands in English", async () => {
  const answer = { ok: true, json: async () => ({ "Lesson {number}": "Lección {number}" }) };
  const [one, other] = [await open("es", answer), await open("es", answer)];
  assert.deepEqual(asked, ["../_static/words/es.json"]);
  for (const { told } of [one, other]) {
    assert.equal(told("Lesson {number}", { number: "10" }), "Lección 10");
    assert.equal(told("Ready"), "Ready");
  }
});

test("where the words do not come the page speaks English, and the console says why", async (t) => {
  const warn = t.mock.method(console, "warn", () => {});
  const { told } = await open("es", { ok: false, status: 404, url: "es.json" });
  assert.equal(told("Ready"), "Ready");
  assert.match(String(warn.mock.calls[0].arguments[0]), /es\.json: 404/);
});

test("a worker, which has no page, says what it is given", async () => {
  const own = globalThis.document;
  delete globalThis.document;
  try {
    const { told, words } = await load("../static/words.js");
    assert.equal(told("Running…"), "Running…");
    Object.assign(words, { "Running…": "Ejecutando…" });
    assert.equal(told("Running…"), "Ejecutando…");
  } finally {
    globalThis.document = own;
  }
});
