// Moves the explorers of the static book: each figure carries its frames as numbers of the pieces
// they share, this script puts together the one that its controls point to. Listening on the
// document also serves figures that a live cell adds later. What is chosen stands in the address.

/** @typedef {{pieces: string[], frames: number[][], tables?: string[], readings: string[], says: string[][]}} Store */
/** @type {WeakMap<Element, Store>} */
const stores = new WeakMap();

/** @param {Element} figure @returns {Store} */
function store(figure) {
  const known = stores.get(figure);
  if (known) return known;
  const made = JSON.parse(part(figure, "script[type='application/json']").textContent ?? "");
  stores.set(figure, made);
  return made;
}

/** A part that every figure has. @param {Element} figure @param {string} name */
const part = (figure, name) => /** @type {Element} */ (figure.querySelector(name));

/** @param {Element} figure */
const controls = (figure) => /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ ([...figure.querySelectorAll(".controls :is(input, select)")]);

/** @param {HTMLInputElement | HTMLSelectElement} control */
const position = (control) => (control instanceof HTMLSelectElement ? control.selectedIndex : Number(control.value));

/** What the controls say now. @param {Element} figure */
const chosen = (figure) => controls(figure).map((control, i) => store(figure).says[i][position(control)]);

/** A table of its text; see `_as_lines` in course/explorers.py. @param {string} text */
function table(text) {
  const made = document.createElement("table");
  const [caption, ...lines] = text.split("\n");
  if (caption) made.createCaption().textContent = caption;
  lines.forEach((line, y) => {
    const row = (y ? made.tBodies[0] ?? made.createTBody() : made.createTHead()).insertRow();
    line.split("\t").forEach((one, x) => {
      const [, said, at] = /^(.*?)(?:@(-?\d+,-?\d+))?$/.exec(one) ?? [];
      const cell = document.createElement(y && x ? "td" : "th");
      if (!y || !x) cell.setAttribute("scope", y ? "row" : "col");
      if (at) cell.dataset.at = at;
      cell.textContent = said;
      row.append(cell);
    });
  });
  return made;
}

/** @param {Element} figure */
function show(figure) {
  const { pieces, frames, tables = [], readings, says } = store(figure);
  let frame = 0;
  controls(figure).forEach((control, i) => {
    frame = frame * says[i].length + position(control);
    if (control instanceof HTMLSelectElement) return;
    control.setAttribute("aria-valuetext", says[i][position(control)]);
    if (control.nextElementSibling) control.nextElementSibling.textContent = says[i][position(control)];
  });
  part(figure, ".frame").innerHTML = frames[frame].map((piece) => pieces[piece]).join("");
  part(figure, ".frame svg").setAttribute("aria-label", readings[frame]);
  part(figure, ".reading").textContent = readings[frame];
  const data = figure.querySelector(".figure-data .scroll");
  if (data && tables[frame]) data.replaceChildren(...tables[frame].split("\n\n").map(table));
  const settings = figure.querySelector(".settings");
  const names = controls(figure).map((control) => control.getAttribute("aria-label"));
  if (settings) settings.textContent = chosen(figure).map((one, i) => `${names[i]}: ${one}`).join("; ");
  figure.dispatchEvent(new CustomEvent("course:explorer", { bubbles: true }));
}

/** Put the controls where the address says. @param {Element} figure */
function follow(figure) {
  const wanted = figure.id && new URLSearchParams(location.search).get(figure.id)?.split("~");
  if (!wanted) return;
  controls(figure).forEach((control, i) => {
    const place = store(figure).says[i].indexOf(wanted[i]);
    if (place < 0) return;
    if (control instanceof HTMLSelectElement) control.selectedIndex = place;
    else control.value = String(place);
  });
}

/** @param {Element} figure */
function note(figure) {
  if (!figure.id) return; // a live cell's, or JupyterLite's
  const address = new URL(location.href);
  address.searchParams.set(figure.id, chosen(figure).join("~"));
  history.replaceState(history.state, "", address);
}

/** @type {number | undefined} */
let later;
document.addEventListener("input", (event) => {
  const figure = event.target instanceof Element && event.target.closest(".course-explorer");
  if (!figure) return;
  show(figure);
  clearTimeout(later);
  later = setTimeout(note, 250, figure); // browsers allow few changes of an address a second
});
// A browser may restore a moved control on return: let the picture follow.
window.addEventListener("pageshow", () => document.querySelectorAll(".course-explorer").forEach((figure) => {
  follow(figure);
  show(figure);
}));
