// The box "Write it down first": a field for each of its questions. What is written stays in this
// browser, as anything else that a student types, and is shown again beside the explorer's result.
import { told } from "../static/words.js";
import { make } from "./dom.js";
import * as store from "./store.js";

const VERSION = "1";
const LONGEST = 2_000; // characters
const page = location.pathname.split("/").pop()?.slice(0, 2) ?? "";

/**
 * @typedef {{id: string, label: string, field: HTMLTextAreaElement, says: HTMLElement, known?: number}} Kept
 */

/** Make the field of one question. @param {Element} place @param {number} number @param {boolean} alone @returns {Kept} */
function field(place, number, alone) {
  const label = alone ? told("Your prediction") : told("Your prediction {number}", { number });
  const area = /** @type {HTMLTextAreaElement} */ (make("textarea", "", "", {
    rows: "1", "aria-label": label, placeholder: told("Your prediction"), maxlength: String(LONGEST), autocomplete: "off",
  }));
  const says = make("output");
  const box = make("div", "prediction");
  box.append(area, says);
  place.append(box);
  return { id: `predict/${page}/${number}`, label, field: area, says };
}

/** @param {Kept} one @param {store.Entry | undefined} entry */
function show(one, entry) {
  if (!entry) return;
  one.field.value = entry.text.slice(0, LONGEST);
  one.known = entry.saved;
  one.says.textContent = entry.text && told("kept");
}

/** @param {Kept} one */
function keep(one) {
  const text = one.field.value.trim();
  const status = text ? "tried" : "open";
  const { entry, lost } = store.keep(one.id, { text, version: VERSION, status, others: [] }, one.known);
  one.known = entry.saved;
  one.says.textContent = lost ? told("This browser cannot keep it: save your work before you leave.") : text && told("kept");
}

const box = document.querySelector(".admonition.predict");
if (box) {
  const questions = [...box.querySelectorAll("ol > li")];
  const places = questions.length ? questions : [box];
  const all = places.map((place, at) => field(place, at + 1, places.length === 1));
  const explorers = [...document.querySelectorAll(".course-explorer")];
  const result = explorers.find((one) => box.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  const again = make("aside", "predicted", "", { "aria-label": told("What you predicted") });
  const repeat = () => {
    const written = all.filter(({ field: { value } }) => value.trim());
    again.hidden = !written.length;
    again.replaceChildren(make("p", "", told("You predicted")));
    const list = make(all.length > 1 ? "ol" : "ul");
    for (const { field: { value } } of all) list.append(make("li", "", value.trim() || "–"));
    again.append(list);
  };
  result?.after(again);
  for (const one of all) {
    show(one, store.read(one.id));
    one.field.addEventListener("change", () => (keep(one), repeat()));
  }
  store.watch((id, entry) => {
    const one = all.find((kept) => kept.id === id);
    if (one) show(one, entry);
    repeat();
  });
  repeat();
}
