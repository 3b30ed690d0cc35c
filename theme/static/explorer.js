// Moves the explorers of the static book: each figure carries its frames as numbers of the pieces
// they share, this script puts together the one that its controls point to. Listening on the document also serves figures that a live cell
// adds later.
const stores = new WeakMap();

function store(figure) {
  if (!stores.has(figure)) {
    stores.set(figure, JSON.parse(figure.querySelector("script[type='application/json']").textContent));
  }
  return stores.get(figure);
}

function show(figure) {
  const { pieces, frames, readings, says } = store(figure);
  let frame = 0;
  figure.querySelectorAll("input, select").forEach((control, i) => {
    const position = control.tagName === "SELECT" ? control.selectedIndex : Number(control.value);
    frame = frame * says[i].length + position;
    if (control.tagName === "INPUT") {
      control.setAttribute("aria-valuetext", says[i][position]);
      control.nextElementSibling.textContent = says[i][position];
    }
  });
  figure.querySelector(".frame").innerHTML = frames[frame].map((piece) => pieces[piece]).join("");
  figure.querySelector(".reading").textContent = readings[frame];
}

document.addEventListener("input", (event) => {
  const figure = event.target.closest?.(".course-explorer");
  if (figure) show(figure);
});
// A browser may restore a moved control on return: let the picture follow.
window.addEventListener("pageshow", () => document.querySelectorAll(".course-explorer").forEach(show));
