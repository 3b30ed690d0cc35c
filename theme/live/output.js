// Shows what a cell gave. Texts and errors are set as text; only what the libraries render (tables,
// figures, explorers, verdicts) is markup, and DOMPurify leaves of it what can neither act nor
// fetch. live.css keeps it inside its box. A file of its own, loaded when Python is.
import DOMPurify from "dompurify";
import { told } from "../static/words.js";
import { button, make } from "./dom.js";
import { columnClass, savable, summary, tooMuch } from "./shown.js";
import { saveAs } from "./store.js";

const PURIFY = {
  USE_PROFILES: { html: true, svg: true, svgFilters: true },
  ADD_TAGS: ["use"], // matplotlib repeats its marks with it; the hook lets it point into the page only
  FORBID_TAGS: ["style", "form", "dialog", "template", "audio", "video", "source", "track"],
  FORBID_ATTR: ["srcset", "poster", "background", "action", "popover", "popovertarget", "autofocus", "contenteditable", "accesskey"],
  RETURN_DOM_FRAGMENT: /** @type {const} */ (true),
};

DOMPurify.addHook("uponSanitizeAttribute", (node, data) => {
  const { attrName: name, attrValue: value } = data;
  const links = node.localName === "a" ? /^(https?:|#)/i : /^(data:image\/|#)/i;
  if (/(^|:)(href|src)$/.test(name) && !links.test(value.trim())) data.keepAttr = false;
  if (/url\((?!\s*["']?#)/i.test(value)) data.keepAttr = false;
  if (name === "style" && /position|\\|\/\*/i.test(value)) data.keepAttr = false;
});

/**
 * Return markup that can neither act nor fetch: no scripts, no handlers, links to pages only.
 * @param {string} html
 * @returns {DocumentFragment}
 */
export function clean(html) {
  const limit = tooMuch(html);
  if (limit) {
    const instead = document.createDocumentFragment();
    instead.append(make("p", "", limit));
    return instead;
  }
  const template = document.createElement("template"); // inert: nothing in it runs or loads
  template.innerHTML = html;
  const models = [...template.content.querySelectorAll("script[type='application/json']")].map((script, number) => {
    script.parentElement?.setAttribute("data-model", String(number));
    script.remove();
    return model(script.textContent ?? "");
  });
  const fragment = DOMPurify.sanitize(template.innerHTML, PURIFY);
  for (const figure of fragment.querySelectorAll("[data-model]")) {
    const text = models[Number(figure.getAttribute("data-model"))];
    if (text) figure.append(make("script", "", text, { type: "application/json" }));
    figure.removeAttribute("data-model");
  }
  fragment.querySelectorAll("table.dataframe").forEach(tidy);
  return fragment;
}

/**
 * An explorer carries its frames as data, and its script shows them later. A piece alone could be
 * harmless, so whole frames are cleaned, and each becomes one piece.
 * @param {string} text
 */
function model(text) {
  try {
    const { pieces, frames, ...rest } = JSON.parse(text);
    const whole = frames.map((/** @type {number[]} */ frame) => {
      const holder = document.createElement("div");
      holder.append(clean(frame.map((piece) => pieces[piece]).join("")));
      return holder.innerHTML;
    });
    return JSON.stringify({ ...rest, pieces: whole, frames: whole.map((/** @type {string} */ _, /** @type {number} */ n) => [n]) });
  } catch {
    return ""; // not an explorer's
  }
}

/** Give a table that pandas rendered the markup that the book's printed tables have. @param {Element} table */
function tidy(table) {
  table.removeAttribute("border");
  const head = [...table.querySelectorAll("thead tr")];
  if (head.length === 2 && !table.querySelector("thead [colspan], thead [rowspan]")) {
    const [upper, lower] = head.map((row) => [...row.children]);
    const apart = upper.length === lower.length && upper.every((cell, i) => !cell.textContent || !lower[i].textContent);
    if (apart) {
      upper.forEach((cell, i) => (cell.textContent ||= lower[i].textContent));
      head[1].remove();
    }
  }
  const rows = [...table.querySelectorAll("tr")];
  rows.forEach((row) => row.removeAttribute("style"));
  const body = [...table.querySelectorAll("tbody tr")];
  // by the place from the right, because row labels at the left may be merged
  const columns = Math.max(0, ...body.map((row) => row.querySelectorAll("td").length));
  const classes = Array.from({ length: columns }, (_, place) =>
    columnClass(body.map((row) => [...row.querySelectorAll("td")].at(-1 - place)?.textContent?.trim() ?? "...")));
  for (const row of rows) {
    const cells = [...row.children];
    cells.forEach((cell, i) => {
      cell.removeAttribute("valign");
      const scope = cell.closest("thead") ? "col" : "row";
      const words = classes[cells.length - 1 - i];
      if (words && (cell.localName === "td" || scope === "col")) cell.className = words;
      if (cell.localName !== "th") return;
      const many = cell.hasAttribute("colspan") || cell.hasAttribute("rowspan") ? "group" : "";
      if (cell.textContent?.trim()) cell.setAttribute("scope", scope + many);
      else cell.replaceWith(make("td", cell.className));
    });
  }
}

/**
 * Show a result of Python in an element, in place of what it held.
 * @param {HTMLElement} target
 * @param {{outputs: any[], error?: any}} result
 * @param {string} [folded]  when given, the outputs stand folded behind a line that begins with it
 * @returns {string}  the result in a few words
 */
export function show(target, { outputs, error }, folded) {
  const nodes = outputs.map(rendered);
  const words = summary(nodes.map(described));
  target.replaceChildren(...nodes);
  if (folded && nodes.length) {
    const details = make("details", "live-folded");
    details.append(make("summary", "", `${folded}: ${words}`), ...nodes);
    target.append(details);
  }
  if (error) target.append(failure(error));
  target.hidden = !target.childElementCount;
  // What is wider than the page scrolls, also by keyboard.
  if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
  else target.removeAttribute("tabindex");
  target.dispatchEvent(new CustomEvent("course:output", { bubbles: true }));
  return error ? [words, error.short, error.help].filter(Boolean).join(". ") : words;
}

/** @param {Element} node */
function described(node) {
  if (node.localName === "pre") return { text: node.textContent ?? "" };
  const table = node.querySelector("table");
  if (table) {
    const [, rows, columns] = /(\d+) rows × (\d+) columns/.exec(node.textContent ?? "") ?? [];
    return {
      rows: Number(rows ?? table.querySelectorAll("tbody tr").length),
      columns: Number(columns ?? table.querySelector("tbody tr")?.querySelectorAll("td").length ?? 0),
    };
  }
  const figure = node.querySelector("figure, svg");
  if (figure) return { figure: node.querySelector(".figure-title")?.textContent ?? told("a figure") };
  return { text: node.textContent ?? "" };
}

/** @param {any} output @returns {HTMLElement} */
function rendered(output) {
  if (output.kind === "text") return make("pre", "live-text", output.text);
  const node = make("div", `live-out-${output.kind}`);
  node.append(clean(output.html));
  if (output.kind === "files") node.append(...Object.entries(output.files).map(saver));
  return node;
}

/** @param {[string, string]} file */
function saver([name, text]) {
  const type = savable(name, text);
  if (!type) return make("p", "", told("A file that is not a brief is not saved."));
  return button(told("Save {name}", { name }), () => saveAs(name, type, text));
}

/** @param {{short: string, help: string, trace: string}} error */
function failure(error) {
  const node = make("div", "live-error");
  node.append(make("p", "live-error-short", error.short));
  if (error.help) node.append(make("p", "", error.help));
  const trace = make("details", "");
  trace.append(make("summary", "", told("Full message")), make("pre", "", error.trace));
  node.append(trace);
  return node;
}
