import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { clear, entry, file, get, load, put } from "./page.mjs";

beforeEach(clear);

/** Open lesson 00 with one field; returns what types a bet into it and what is said. */
async function open() {
  const output = { textContent: "" };
  const attributes = new Map();
  const field = Object.assign(new EventTarget(), {
    dataset: { bet: "vraem_push" },
    value: "",
    type: "number",
    parentElement: { querySelector: () => output },
    setAttribute: (name, value) => attributes.set(name, value),
  });
  document.querySelectorAll = (which) => (which.includes("data-bet") ? [field] : []);
  await load("bets.js");
  return {
    field,
    bet(text) {
      field.value = text;
      field.dispatchEvent(new Event("change"));
      return [output.textContent, attributes.get("aria-invalid")];
    },
  };
}

test("a bet is a whole number from 0 to 100, and anything else is refused aloud", async () => {
  const { field, bet } = await open();
  assert.equal(field.type, "text"); // a field for numbers would make 05 of "0,5"
  for (const text of ["0", "70", "100", " 65 ", "65%"]) assert.deepEqual(bet(text), ["kept", "false"], text);
  assert.equal(get("bets/vraem_push").text, "65");
  for (const text of ["0,5", "0.5", "150", "-1", "many", "1e2"]) {
    assert.deepEqual(bet(text), ["Not kept: a whole number from 0 to 100.", "true"], text);
    assert.equal(get("bets/vraem_push").text, "65");
  }
  assert.deepEqual(bet(""), ["", "false"]);
  assert.equal(get("bets/vraem_push").status, "open");
});

test("a kept bet is shown again; what is no bet is not", async () => {
  put("bets/vraem_push", entry("70"));
  assert.equal((await open()).field.value, "70");
  put("bets/vraem_push", entry("05%"));
  assert.equal((await open()).field.value, "");
});

test("a bet travels in the file of saved work", async () => {
  const store = await load("store.js");
  await store.upload(file({ "bets/vraem_push": entry("35") }));
  assert.equal((await open()).field.value, "35");
});
