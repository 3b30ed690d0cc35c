// All rows of a table of the data pages, fetched when somebody asks, to sort and to filter.
import { told } from "./words.js";

/** @typedef {{text: string, value: number | string}} Cell */

/** The rows of a CSV file; quotes as RFC 4180 has them. @param {string} text @returns {string[][]} */
function parsed(text) {
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/gy;
  for (let found = field.exec(text); found; found = field.exec(text)) {
    const [, raw, end] = found;
    row.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === ",") continue;
    rows.push(row);
    row = [];
    if (field.lastIndex >= text.length) break;
  }
  return rows;
}

/** Letters without case and accents, as somebody types them. @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {string} text @param {string} kind @returns {Cell} */
function cell(text, kind) {
  if (!kind || !text) return { text, value: kind ? Number.NaN : plain(text) };
  const value = Number(text);
  return { text: kind === "count" ? value.toLocaleString("en", { maximumFractionDigits: 10 }) : text, value };
}

/** Missing values come last either way. @param {Cell} a @param {Cell} b @param {number} sign */
function order(a, b, sign) {
  if (typeof a.value === "string" || typeof b.value === "string") return sign * String(a.value).localeCompare(String(b.value));
  if (Number.isNaN(a.value) || Number.isNaN(b.value)) return Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value));
  return sign * (a.value - b.value);
}

/** @param {HTMLElement} box @param {Element} bar */
async function open(box, bar) {
  const answer = await fetch(box.dataset.rows ?? "");
  if (!answer.ok) throw new Error(`${answer.status}`);
  const text = (await answer.text()).replace(/^\uFEFF/, "");
  const heads = [...box.querySelectorAll("th")];
  const kinds = heads.map((head) => head.dataset.kind ?? "");
  const rows = parsed(text).slice(1).map((row) => row.map((one, i) => cell(one, kinds[i])));
  const body = /** @type {HTMLElement} */ (box.querySelector("tbody"));
  const caption = /** @type {HTMLElement} */ (box.querySelector("caption"));
  const label = document.createElement("label");
  const filter = document.createElement("input");
  filter.type = "search";
  label.append(told("Rows that hold"), filter);
  bar.replaceChildren(label);
  let [place, sign] = [-1, 1];
  caption.setAttribute("aria-live", "polite");

  function draw() {
    const words = plain(filter.value).split(/\s+/).filter(Boolean);
    const kept = rows.filter((row) => {
      const all = plain(row.map(({ text, value }) => `${text}\t${value}`).join("\t")); // 62,500 and 62500
      return words.every((word) => all.includes(word));
    });
    if (place >= 0) kept.sort((a, b) => order(a[place], b[place], sign));
    body.replaceChildren(...kept.map((row) => {
      const line = document.createElement("tr");
      row.forEach(({ text }, i) => {
        const one = line.insertCell();
        one.textContent = text;
        if (kinds[i]) one.className = "number";
      });
      return line;
    }));
    caption.textContent = kept.length === rows.length
      ? told("All {all} rows", { all: rows.length.toLocaleString("en") })
      : told("{kept} of {all} rows", { kept: kept.length.toLocaleString("en"), all: rows.length.toLocaleString("en") });
  }

  heads.forEach((head, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => {
      sign = place === i ? -sign : 1;
      place = i;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
      draw();
    });
    head.replaceChildren(button);
  });
  filter.addEventListener("input", draw);
  box.classList.add("all");
  draw();
  filter.focus();
}

for (const box of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-rows]"))) {
  const bar = document.createElement("div");
  bar.className = "rows";
  const button = document.createElement("button");
  button.type = "button";
  const name = box.dataset.rows?.split("/").pop()?.replace(".csv", "") ?? "";
  button.textContent = told("All rows of {name}: sort and filter", { name });
  button.addEventListener("click", () => open(box, bar).catch(() => {
    bar.textContent = told("The rows could not be fetched; the CSV file is linked above.");
  }));
  bar.append(button);
  box.before(bar);
}
