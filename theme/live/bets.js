// The five bets: a probability in percent for each forecast. They are kept, saved to a file and
// loaded again like anything else that a student types, under `bets/` and the forecast's id.
// Lesson 00 has the fields (`data-bet`), lesson 14 the outcomes (`data-outcome`) that score them.
import { told } from "../static/words.js";
import * as store from "./store.js";

const VERSION = "1"; // of the forecasts and their rules; a change of them makes it "2"
/** When the bet that a field shows was kept; see `store.keep`. @type {Map<string, number>} */
const known = new Map();

/** @param {HTMLInputElement} field */
const idOf = (field) => `bets/${field.dataset.bet}`;
/** @param {string} text */
const isBet = (text) => /^\d{1,3}$/.test(text) && Number(text) <= 100;

/** The words beside a field, or under a bet that is scored. @param {Element | null} place @param {string} words */
function say(place, words) {
  const output = place?.querySelector("output");
  if (output) output.textContent = words;
}

/** @param {HTMLInputElement} field @param {store.Entry | undefined} entry */
function show(field, entry) {
  if (!entry || (entry.text !== "" && !isBet(entry.text))) return;
  field.value = entry.text;
  known.set(idOf(field), entry.saved);
  say(field.parentElement, entry.text && told("kept"));
}

/** @param {HTMLInputElement} field */
function keep(field) {
  const text = field.value.trim().replace(/\s*%$/, "");
  const refused = text !== "" && !isBet(text);
  field.setAttribute("aria-invalid", String(refused));
  if (refused) return say(field.parentElement, told("Not kept: a whole number from 0 to 100."));
  const id = idOf(field);
  const status = text ? "tried" : "open";
  const { entry, lost } = store.keep(id, { text, version: VERSION, status, others: [] }, known.get(id));
  known.set(id, entry.saved);
  say(field.parentElement, lost ? told("This browser cannot keep it: save your work before you leave.") : text && told("kept"));
}

/** @type {NodeListOf<HTMLInputElement>} */
const shown = document.querySelectorAll("form.bets input[data-bet]");
const fields = [...shown];
for (const field of fields) {
  // A field for numbers drops what it cannot read: "0,5" would become 05 before anybody is told.
  field.type = "text";
  field.inputMode = "decimal";
  show(field, store.read(idOf(field)));
  field.addEventListener("change", () => keep(field));
}
for (const form of document.querySelectorAll("form.bets")) {
  form.addEventListener("submit", (event) => event.preventDefault()); // Enter must not reload
}
/** @param {number[]} values */
const mean = (values) => (values.reduce((sum, one) => sum + one, 0) / values.length).toFixed(2);

/** Say what each kept bet lost, and the mean: the Brier score, also under a rival rule. */
function score() {
  /** @type {NodeListOf<HTMLElement>} */
  const lines = document.querySelectorAll(".bets [data-outcome]");
  if (!lines.length) return; // lesson 00
  /** @type {{outcome: number[], rival: number[]}} */
  const losses = { outcome: [], rival: [] };
  for (const line of lines) {
    const { forecast, outcome, rival = outcome } = line.dataset;
    const text = store.read(`bets/${forecast}`)?.text ?? "";
    if (!isBet(text)) {
      say(line, told("No bet of yours is kept here."));
      continue;
    }
    const loss = (/** @type {string | undefined} */ result) => (Number(text) / 100 - Number(result)) ** 2;
    if (outcome) {
      losses.outcome.push(loss(outcome));
      losses.rival.push(loss(rival));
    }
    const said = { bet: text, loss: loss(outcome).toFixed(2), other: loss(rival).toFixed(2) };
    if (!outcome) say(line, told("Your bet: {bet}%; not scored.", said));
    else if (rival === outcome) say(line, told("Your bet: {bet}%; loss {loss}.", said));
    else say(line, told("Your bet: {bet}%; loss {loss}, by the other rule {other}.", said));
  }
  const count = losses.outcome.length;
  const said = { count, score: mean(losses.outcome), other: mean(losses.rival) };
  const words = count === 1
    ? told("Your Brier score over {count} settled bet: {score}; by the other rule {other}.", said)
    : told("Your Brier score over {count} settled bets: {score}; by the other rule {other}.", said);
  const total = document.querySelector(".bets [data-total]");
  if (total && count) total.textContent = words;
}

store.watch((id, entry) => {
  const field = fields.find((one) => idOf(one) === id);
  if (field) show(field, entry);
  score();
});
score();
