// The five bets: a probability in percent for each forecast. They are kept, saved to a file and
// loaded again like anything else that a student types, under `bets/` and the forecast's id.
import * as store from "./store.js";

const VERSION = "1"; // of the forecasts and their rules; a change of them makes it "2"
/** When the bet that a field shows was kept; see `store.keep`. @type {Map<string, number>} */
const known = new Map();

const idOf = (field) => `bets/${field.dataset.bet}`;
const isBet = (text) => /^\d{1,3}$/.test(text) && Number(text) <= 100;

/** The word beside a field. */
function say(field, words) {
  const output = field.parentElement.querySelector("output");
  if (output) output.textContent = words;
}

function show(field, entry) {
  if (!entry || (entry.text !== "" && !isBet(entry.text))) return;
  field.value = entry.text;
  known.set(idOf(field), entry.saved);
  say(field, entry.text && "kept");
}

function keep(field) {
  const text = field.value.trim();
  // a field that holds no number at all reads as empty
  if (field.validity.badInput || (text !== "" && !isBet(text))) {
    return say(field, "Not kept: a whole number from 0 to 100.");
  }
  const id = idOf(field);
  const status = text ? "tried" : "open";
  const { entry, kept } = store.keep(id, { text, version: VERSION, status, others: [] }, known.get(id));
  known.set(id, entry.saved);
  say(field, kept ? text && "kept" : "This browser cannot keep it: save your work before you leave.");
}

const fields = [...document.querySelectorAll("form.bets [data-bet]")];
for (const field of fields) {
  show(field, store.read(idOf(field)));
  field.addEventListener("change", () => keep(field));
}
for (const form of document.querySelectorAll("form.bets")) {
  form.addEventListener("submit", (event) => event.preventDefault()); // Enter must not reload
}
store.watch((id, entry) => {
  const field = fields.find((one) => idOf(one) === id);
  if (field) show(field, entry);
});
