// Moves the explorers of the static book: each figure carries its frames as numbers of the pieces
// they share, this script puts together the one that its controls point to. Listening on the
// document also serves figures that a live cell adds later.

/** @typedef {{pieces: string[], frames: number[][], readings: string[], says: string[][]}} Store */
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
function show(figure) {
  const { pieces, frames, readings, says } = store(figure);
  let frame = 0;
  figure.querySelectorAll("input, select").forEach((control, i) => {
    const isList = control instanceof HTMLSelectElement;
    const position = isList ? control.selectedIndex : Number(/** @type {HTMLInputElement} */ (control).value);
    frame = frame * says[i].length + position;
    if (isList) return;
    control.setAttribute("aria-valuetext", says[i][position]);
    if (control.nextElementSibling) control.nextElementSibling.textContent = says[i][position];
  });
  part(figure, ".frame").innerHTML = frames[frame].map((piece) => pieces[piece]).join("");
  part(figure, ".reading").textContent = readings[frame];
}

document.addEventListener("input", (event) => {
  const figure = event.target instanceof Element && event.target.closest(".course-explorer");
  if (figure) show(figure);
});
// A browser may restore a moved control on return: let the picture follow.
window.addEventListener("pageshow", () => document.querySelectorAll(".course-explorer").forEach(show));
