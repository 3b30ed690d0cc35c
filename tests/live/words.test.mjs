import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { load } from "./page.mjs";

beforeEach(() => {
  document.documentElement.lang = "en";
  delete globalThis.courseWords;
});

const open = () => load("../static/words.js");

test("in English a sentence stands as it is, and a place is filled as often as it stands", async () => {
  const { told, language, words } = await open();
  assert.equal(language, "en");
  assert.deepEqual(words, {});
  assert.equal(told("Nothing else."), "Nothing else.");
  assert.equal(told("{a} and {b}, {a}", { a: "{b}", b: 0 }), "{b} and 0, {b}");
  assert.equal(told("{count} rows"), "{count} rows");
});

test("a page in Spanish says its words, and what is not translated in English", async () => {
  document.documentElement.lang = "es";
  globalThis.courseWords = { "Lesson {number}": "Lección {number}" };
  const { told, language } = await open();
  assert.equal(language, "es");
  assert.equal(told("Lesson {number}", { number: "10" }), "Lección 10");
  assert.equal(told("Ready"), "Ready");
});

test("a page whose words did not come speaks English", async () => {
  document.documentElement.lang = "es";
  const { told } = await open();
  assert.equal(told("Lesson {number}", { number: "10" }), "Lesson 10");
});

test("a worker, which has no page, says what it is given", async () => {
  const own = globalThis.document;
  delete globalThis.document;
  try {
    const { told, words, language } = await open();
    assert.equal(language, "en");
    assert.equal(told("Running…"), "Running…");
    Object.assign(words, { "Running…": "Ejecutando…" });
    assert.equal(told("Running…"), "Ejecutando…");
  } finally {
    globalThis.document = own;
  }
});
