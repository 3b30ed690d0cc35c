// What a reader can do with a figure: see a value, keep the picture and its rows, link to it.
// Everything is read from the table of rows that each figure carries.
import { told } from "./words.js";

const SHOWN = ".course-figure, .course-explorer";
const REACH = 28; // pixels from a mark to the pointer

/** @typedef {{x: number, y: number, text: string}} Mark */

/** @param {Element} cell */
const said = (cell) => cell.textContent?.trim() ?? "";

/** The marks of a figure in the order of its rows. @param {Element} figure @returns {Mark[]} */
function marks(figure) {
  return [...figure.querySelectorAll(".figure-data [data-at]")].map((cell) => {
    const [x, y] = (cell.getAttribute("data-at") ?? "").split(",").map(Number);
    const row = /** @type {HTMLTableRowElement} */ (cell.closest("tr"));
    const table = /** @type {HTMLTableElement} */ (cell.closest("table"));
    const heads = [...table.tHead?.rows[0].cells ?? []].map(said);
    const cells = [...row.cells].map(said);
    const place = /** @type {HTMLTableCellElement} */ (cell).cellIndex;
    const unit = table.caption && said(table.caption).length < 40 ? ` (${said(table.caption)})` : "";
    const alone = row.querySelectorAll("[data-at]").length === 1;
    const text = !alone ? `${cells[0]}, ${heads[place]}: ${cells[place]}${unit}`
      : cells.length > 1 ? `${cells[0]}: ${cells.slice(1).filter(Boolean).join(", ")}` : cells[0];
    return { x, y, text };
  });
}

/** @param {SVGSVGElement} picture @param {Mark} mark */
function onScreen(picture, { x, y }) {
  const matrix = picture.getScreenCTM();
  return matrix ? new DOMPoint(x, y).matrixTransform(matrix) : new DOMPoint(x, y);
}

/** @param {HTMLElement} figure @param {Mark} [mark] */
function tell(figure, mark) {
  const picture = /** @type {SVGSVGElement | null} */ (figure.querySelector("svg"));
  let label = /** @type {HTMLElement | null} */ (figure.querySelector(".figure-value"));
  picture?.querySelector(".figure-mark")?.remove();
  if (!mark || !picture) {
    label?.remove();
    return;
  }
  if (!label) {
    label = document.createElement("div");
    label.className = "figure-value";
    label.setAttribute("role", "status");
    figure.append(label);
  }
  const ring = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  for (const [name, value] of Object.entries({ class: "figure-mark", cx: mark.x, cy: mark.y, r: 6, fill: "none", stroke: "currentColor", "stroke-width": 1.5 })) ring.setAttribute(name, String(value));
  picture.append(ring);
  label.textContent = mark.text;
  const frame = figure.getBoundingClientRect();
  const at = onScreen(picture, mark);
  const half = label.offsetWidth / 2;
  label.style.left = `${Math.min(Math.max(at.x - frame.left, half), frame.width - half)}px`;
  label.style.top = `${at.y - frame.top - 12}px`;
}

/** @param {EventTarget | null} target */
const pictureOf = (target) =>
  target instanceof Element ? /** @type {SVGSVGElement | null} */ (target.closest(`:is(${SHOWN}) svg`)) : null;

/** @param {PointerEvent} event */
function point(event) {
  const picture = pictureOf(event.target);
  const figure = /** @type {HTMLElement | null | undefined} */ (picture?.closest(SHOWN));
  if (!picture || !figure) return;
  let [nearest, least] = [/** @type {Mark | undefined} */ (undefined), REACH];
  for (const mark of marks(figure)) {
    const at = onScreen(picture, mark);
    const away = Math.hypot(at.x - event.clientX, at.y - event.clientY);
    if (away < least) [nearest, least] = [mark, away];
  }
  tell(figure, nearest);
}

document.addEventListener("pointermove", point);
document.addEventListener("pointerdown", point);
document.addEventListener("pointerout", ({ target, relatedTarget }) => {
  const picture = pictureOf(target);
  const figure = /** @type {HTMLElement | null | undefined} */ (picture?.closest(SHOWN));
  if (figure && pictureOf(relatedTarget) !== picture && document.activeElement !== picture) tell(figure);
});
document.addEventListener("focusout", ({ target }) => {
  const figure = /** @type {HTMLElement | null | undefined} */ (pictureOf(target)?.closest(SHOWN));
  if (figure) tell(figure);
});

// By key: a picture takes the focus, and the arrows lead from mark to mark.
/** @type {WeakMap<Element, number>} */
const steps = new WeakMap();
document.addEventListener("keydown", (event) => {
  const figure = /** @type {HTMLElement | null | undefined} */ (pictureOf(event.target)?.closest(SHOWN));
  if (!figure) return;
  const forward = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") tell(figure);
  const all = marks(figure);
  if (!forward || !all.length) return;
  event.preventDefault();
  const step = ((steps.get(figure) ?? (forward > 0 ? -1 : 0)) + forward + all.length) % all.length;
  steps.set(figure, step);
  tell(figure, all[step]);
});

/** @param {string} name @param {string} type @param {string} text */
function save(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** @param {HTMLElement} figure */
function about(figure) {
  const title = figure.querySelector(".figure-title")?.textContent?.trim() ?? "";
  const settings = figure.querySelector(".settings")?.textContent ?? "";
  const tables = [...figure.querySelectorAll(".figure-line a")].map((link) => `${link.textContent} (${link.getAttribute("data-licence")})`);
  return [
    settings ? `${title} (${settings})` : title,
    figure.querySelector("figcaption")?.textContent ?? "",
    ...tables.length ? [told("Tables: {tables}", { tables: tables.join(", ") })] : [],
    told("Licence of this selection: CC BY 4.0"),
    address(figure),
  ];
}

/** @param {HTMLElement} figure */
const address = (figure) => location.href.replace(/#.*$/, "") + `#${figure.id}`;

/** @param {HTMLElement} figure */
function csv(figure) {
  const tables = /** @type {HTMLTableElement[]} */ ([...figure.querySelectorAll(".figure-data table")]);
  const inQuotes = /[",\n]/;
  /** @param {string} text */
  const field = (text) => {
    const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text;
    return inQuotes.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  const lines = about(figure).map((line) => `# ${line.replace(/\s+/g, " ")}`);
  for (const table of tables) {
    if (table.caption) lines.push(`# ${said(table.caption)}`);
    for (const row of table.rows) lines.push([...row.cells].map((cell) => field(said(cell))).join(","));
  }
  return `\uFEFF${lines.join("\r\n")}\r\n`; // by the mark a spreadsheet knows UTF-8
}

/** The picture on paper: its own colours, ink and ground. @param {HTMLElement} figure */
function svg(figure) {
  const picture = /** @type {SVGSVGElement} */ (figure.querySelector("svg")?.cloneNode(true));
  picture.querySelector(".figure-mark")?.remove();
  for (const name of ["tabindex", "aria-describedby"]) picture.removeAttribute(name);
  picture.setAttribute("style", "background:#fff;color:#1a1c1f;fill:currentColor;font-family:sans-serif");
  const words = document.createElementNS("http://www.w3.org/2000/svg", "desc");
  words.textContent = about(figure).join("\n");
  picture.prepend(words);
  return new XMLSerializer().serializeToString(picture).replace(/var\(--course-\w+,\s*(#\w+)\)/g, "$1");
}

/** @param {HTMLElement} figure */
async function copy(figure) {
  const text = address(figure);
  try {
    await navigator.clipboard.writeText(text);
    return told("Copied");
  } catch {
    location.hash = figure.id; // no clipboard here: the address bar has it
    return told("In the address bar");
  }
}

/** @param {HTMLElement} figure */
function prepare(figure) {
  const line = figure.querySelector(".figure-line");
  const picture = figure.querySelector("svg");
  if (picture && figure.querySelector("[data-at]")) picture.setAttribute("tabindex", "0");
  if (!line || line.querySelector("button")) return;
  const file = `${location.pathname.split("/").pop()?.replace(".html", "")}-${figure.id}`;
  /** @type {[string, (button: HTMLButtonElement) => void][]} */
  const actions = [];
  if (picture) actions.push([told("Download SVG"), () => save(`${file}.svg`, "image/svg+xml", svg(figure))]);
  if (figure.querySelector(".figure-data")) actions.push([told("Download CSV"), () => save(`${file}.csv`, "text/csv", csv(figure))]);
  actions.push([told("Copy link"), (button) => copy(figure).then((done) => { button.textContent = done; setTimeout(() => { button.textContent = told("Copy link"); }, 3000); })]);
  line.prepend(...actions.map(([words, act]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.addEventListener("click", () => act(button));
    return button;
  }));
}

const all = () => /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(SHOWN)).forEach(prepare);
document.addEventListener("course:output", all);
document.addEventListener("course:explorer", ({ target }) => target instanceof HTMLElement && prepare(target));
all();
