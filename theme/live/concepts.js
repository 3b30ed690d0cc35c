// Twelve questions in two forms: A in lesson 00, without a word of what is right, B in lesson 14,
// which shows both when it is complete. Answers are kept as anything else that a student types.
import { told } from "../static/words.js";
import { make } from "./dom.js";
import * as store from "./store.js";

const VERSION = "1"; // of the questions; a change of one makes it "2"
/** @type {Map<string, number>} */
const known = new Map();

/** @param {string} form @param {string} id */
const nameOf = (form, id) => `concepts/${form}/${id}`;
/** @param {string} form @param {string} id */
const answerOf = (form, id) => store.read(nameOf(form, id))?.text ?? "";

/** @param {HTMLFormElement} form */
function fill(form) {
  const letter = form.dataset.form ?? "";
  for (const choice of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input"))) {
    const entry = store.read(nameOf(letter, choice.name));
    if (entry) known.set(nameOf(letter, choice.name), entry.saved);
    choice.checked = entry?.text === choice.value;
  }
  count(form);
}

/** Say how many are answered, and nothing else. @param {HTMLFormElement} form @param {string} [trouble] */
function count(form, trouble = "") {
  const all = form.querySelectorAll("fieldset").length;
  const done = form.querySelectorAll("input:checked").length;
  const output = form.querySelector("output");
  const answered = done === all ? told("{done} of {all} answered. Kept.", { done, all }) : told("{done} of {all} answered.", { done, all });
  if (output) output.textContent = trouble || answered;
}

/** @param {HTMLFormElement} form @param {HTMLInputElement} choice */
function keep(form, choice) {
  const id = nameOf(form.dataset.form ?? "", choice.name);
  const fresh = { text: choice.value, version: VERSION, status: "tried", others: [] };
  const { entry, lost } = store.keep(id, fresh, known.get(id));
  known.set(id, entry.saved);
  count(form, lost && told("This browser cannot keep it: save your work before you leave."));
}

/** The keys, `id:letter` for each question. @param {string} [text] @returns {[string, string][]} */
const keys = (text = "") => text.split(" ").filter(Boolean).map((one) => /** @type {[string, string]} */ (one.split(":")));

/** Show the two results, once form B is complete. @param {HTMLElement} place */
function compare(place) {
  const { keyA, keyB } = place.dataset;
  const complete = keys(keyB).every(([id]) => answerOf("b", id));
  place.hidden = !complete;
  if (!complete) return;
  /** @param {string} form @param {string | undefined} key @param {string} concept */
  const right = (form, key, concept) =>
    keys(key).filter(([id, letter]) => id.startsWith(concept) && answerOf(form, id) === letter).length;
  const first = keys(keyA).some(([id]) => answerOf("a", id));
  const of = keys(keyB).length;
  const [before, now] = [right("a", keyA, ""), right("b", keyB, "")];
  const gained = `${now > before ? "+" : ""}${now - before}`;
  const words = first
    ? told("Before the course {before} of {of} right, now {now} of {of}: a difference of {gained}.", { before, now, of, gained })
    : told("{now} of {of} right. No answers of lesson 00 are kept here to compare with.", { now, of });
  const list = make("ul");
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-concept]"))) {
    const { concept = "", title = "" } = line.dataset;
    const both = { title, before: right("a", keyA, concept), now: right("b", keyB, concept) };
    list.append(make("li", "", first
      ? told("{title}: {before} before, {now} now, of two.", both)
      : told("{title}: {now} now, of two.", both)));
  }
  const shown = place.querySelector(".concepts-shown");
  shown?.replaceChildren(make("p", "", words), list);
}

const forms = [.../** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form.concepts"))];
const results = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".concepts-result"))];
for (const form of forms) {
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", ({ target }) => {
    keep(form, /** @type {HTMLInputElement} */ (target));
    results.forEach(compare);
  });
  fill(form);
}
store.watch(() => {
  forms.forEach(fill);
  results.forEach(compare);
});
results.forEach(compare);
