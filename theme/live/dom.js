// Small makers of elements, and what keeps the page still under the reader's eyes.

/**
 * Make an element. `text` is set as text, never as markup.
 * @param {string} tag
 * @param {string} [className]
 * @param {string} [text]
 * @param {Record<string, string>} [attributes]
 */
export function make(tag, className = "", text = "", attributes = {}) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

/** Make a button. @param {string} label @param {() => unknown} action */
export function button(label, action) {
  const made = make("button", "live-button", label, { type: "button" });
  made.addEventListener("click", action);
  return made;
}

/** Bytes as megabytes. @param {number} bytes */
export const mega = (bytes) => (bytes / 1e6).toFixed(1);

/** What was pressed last: it keeps its place while the page changes around it. @type {Element | null} */
let pressed = null;
/** @param {Element} node */
export function holdOn(node) {
  pressed = node;
}

/**
 * Change something inside a cell. When a button of this cell was pressed, it stays where it is.
 * @template T
 * @param {Element} cell
 * @param {() => T} change
 * @returns {T}
 */
export function staying(cell, change) {
  const held = pressed && cell.contains(pressed) ? pressed : null;
  const before = held?.getBoundingClientRect().top ?? 0;
  const result = change();
  if (held) scrollBy({ top: held.getBoundingClientRect().top - before, behavior: "instant" });
  return result;
}

/**
 * Keep the page still under the reader's eyes when cells grow or shrink: those above the button
 * that was pressed last, or, once the reader has moved on, those above the window.
 * @param {Element[]} cells  in the order of the page
 * @returns {() => void}  to be called when the page has gone to a place: cells that have grown on
 *   the way there, and of which the browser tells only later, are no reason to move from it
 */
export function keepStill(cells) {
  for (const kind of ["wheel", "touchmove"]) addEventListener(kind, () => (pressed = null), { passive: true });
  /** @type {Map<Element, number>} */
  const heights = new Map();
  const observer = new ResizeObserver((entries) => {
    const changed = new Set(entries.map(({ target }) => target));
    let shift = 0; // of what stands below the cells that were passed
    let move = 0;
    for (const cell of cells) {
      if (!changed.has(cell)) continue;
      const { top, height } = cell.getBoundingClientRect();
      const grown = height - (heights.get(cell) ?? height);
      heights.set(cell, height);
      const above = pressed
        ? !cell.contains(pressed) && cell.compareDocumentPosition(pressed) & Node.DOCUMENT_POSITION_FOLLOWING
        : top - shift < 0;
      if (above) move += grown;
      shift += grown;
    }
    if (move) scrollBy({ top: move, behavior: "instant" });
  });
  for (const cell of cells) observer.observe(cell);
  return () => cells.forEach((cell) => heights.set(cell, cell.getBoundingClientRect().height));
}
