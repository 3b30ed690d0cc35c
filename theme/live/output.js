// Shows what a cell gave. Texts and errors are set as text; only what the libraries render (tables,
// figures, explorers, verdicts) is markup, and it is cleaned of everything that could act.
import { saveAs } from "./store.js";

const FORBIDDEN =
  "iframe, object, embed, form, base, link, meta, style, noscript, template, math, foreignObject, " +
  "animate, set, script:not([type='application/json'])";
/** A brief to hand in, the only files that a cell can offer; see course/brief.py. */
const FILE = /^brief[a-z0-9-]{0,50}\.(html|json)$/;
const MOST_FILE = 4_000_000;
const KINDS = {
  // A page is saved only when it begins with the policy that lets nothing in it run or be fetched.
  html: {
    type: "text/html;charset=utf-8",
    start: `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'">
`,
  },
  json: { type: "application/json", start: "{" },
};
const ACTIVE = /^(on|srcdoc|srcset|poster|action|formaction|ping|background)/;

/**
 * Return markup that can neither act nor fetch: no scripts, no handlers, links to pages only.
 * @param {string} html
 * @returns {DocumentFragment}
 */
export function clean(html) {
  const template = document.createElement("template"); // inert: nothing in it runs or loads
  template.innerHTML = html;
  for (const node of template.content.querySelectorAll(FORBIDDEN)) node.remove();
  for (const node of template.content.querySelectorAll("*")) {
    const allowed = node.localName === "a" ? /^(https?:|#)/i : /^(data:image\/|#)/i;
    for (const { name, value } of [...node.attributes]) {
      const address = /(^|:)(href|src)$/.test(name) && !allowed.test(value.trim());
      const fetches = /url\((?!\s*["']?#)/i.test(value);
      if (ACTIVE.test(name) || address || fetches) node.removeAttribute(name);
    }
  }
  template.content.querySelectorAll("script").forEach(cleanFrames);
  return template.content;
}

/**
 * An explorer carries its frames as data, and its script shows them later. A piece alone could be
 * harmless, so whole frames are cleaned, and each becomes one piece.
 */
function cleanFrames(script) {
  try {
    const model = JSON.parse(script.textContent);
    model.pieces = model.frames.map((frame) => {
      const holder = document.createElement("div");
      holder.append(clean(frame.map((piece) => model.pieces[piece]).join("")));
      return holder.innerHTML;
    });
    model.frames = model.pieces.map((_, frame) => [frame]);
    script.textContent = JSON.stringify(model);
  } catch {
    script.remove(); // not an explorer's
  }
}

/** Make an element. `text` is set as text, never as markup. */
export function make(tag, className, text = "", attributes = {}) {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

/** Make a button. */
export function button(label, action) {
  const made = make("button", "live-button", label, { type: "button" });
  made.addEventListener("click", action);
  return made;
}

/**
 * Show a result of `run_cell` in an element, in place of what it held.
 * @param {HTMLElement} target
 * @param {{outputs: object[], error: object | null}} result
 */
export function show(target, result) {
  target.replaceChildren(...result.outputs.map(rendered));
  if (result.error) target.append(failure(result.error));
  target.hidden = !target.childElementCount;
  // What is wider than the page scrolls, also by keyboard.
  if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
  else target.removeAttribute("tabindex");
  target.dispatchEvent(new CustomEvent("course:output", { bubbles: true }));
}

function rendered(output) {
  if (output.kind === "text") return make("pre", "live-text", output.text);
  const node = make("div", `live-out-${output.kind}`);
  node.append(clean(output.html));
  if (output.kind === "files") node.append(...Object.entries(output.files).map(saver));
  return node;
}

function saver([name, text]) {
  const { type, start } = KINDS[FILE.exec(name)?.[1]] ?? {};
  if (!type || text.length > MOST_FILE || !text.startsWith(start)) {
    return make("p", "", "A file that is not a brief is not saved.");
  }
  return button(`Save ${name}`, () => saveAs(name, type, text));
}

function failure(error) {
  const node = make("div", "live-error");
  node.append(make("p", "live-error-short", error.short));
  if (error.help) node.append(make("p", "", error.help));
  const trace = make("details", "");
  trace.append(make("summary", "", "Full message"), make("pre", "", error.trace));
  node.append(trace);
  return node;
}
