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

/** What was pressed last: it keeps its place while the page changes around it. @type {Element | null} */
let pressed = null;
/** @param {Element} node */
export function holdOn(node) {
  pressed = node;
}

/**
 * Change the page around an element; what the reader looks at stays where it is. That is the button
 * that was pressed, when it can be seen, and otherwise whatever follows the element.
 * @template T
 * @param {Element} around
 * @param {() => T} change
 * @returns {T}
 */
export function staying(around, change) {
  const place = pressed?.getBoundingClientRect();
  const seen = place && place.height > 0 && place.bottom > 0 && place.top < innerHeight;
  const where = seen
    ? () => /** @type {Element} */ (pressed).getBoundingClientRect().top
    : around.getBoundingClientRect().top < 0
      ? () => around.getBoundingClientRect().bottom
      : () => 0;
  const before = where();
  const result = change();
  scrollBy({ top: where() - before, behavior: "instant" });
  return result;
}
