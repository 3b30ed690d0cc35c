// A term or a citation opens where it stands: its entry is fetched from the page that its link leads
// to, which it still does without this script, with a key held down, or when the page does not come.
import { told } from "./words.js";

const ENTRIES = "article a:is([href*='glossary.html#'], [href*='bibliography.html#'], [href*='bibliography-j-z.html#'])";
/** Pages that entries were taken from, by address. @type {Map<string, Promise<Document>>} */
const pages = new Map();

/** @param {string} address @returns {Promise<Document>} */
function fetched(address) {
  const known = pages.get(address);
  if (known) return known;
  const coming = fetch(address).then(async (answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  });
  coming.catch(() => pages.delete(address));
  pages.set(address, coming);
  return coming;
}

/** The entry that a link leads to: a definition without its term, or a reference. @param {HTMLAnchorElement} link */
async function entry(link) {
  const [address, id] = link.href.split("#");
  const found = (await fetched(address)).getElementById(decodeURIComponent(id));
  const whole = found?.localName === "dt" ? found.nextElementSibling : found;
  if (!whole) throw new Error(`${id} is not there`);
  const copy = document.importNode(whole, true);
  for (const part of copy.querySelectorAll(".key, .headerlink, .uses")) part.remove();
  for (const part of copy.querySelectorAll("[id]")) part.removeAttribute("id");
  for (const one of copy.querySelectorAll("a")) one.href = new URL(one.getAttribute("href") ?? "", address).href;
  return [...copy.childNodes];
}

const box = document.createElement("div");
box.className = "inplace";
box.popover = "auto";
box.tabIndex = -1;
box.setAttribute("role", "dialog");
const text = document.createElement("div");
const more = document.createElement("p");
const whole = document.createElement("a");
const close = document.createElement("button");
close.type = "button";
close.textContent = told("Close");
close.addEventListener("click", () => box.hidePopover());
more.append(whole, close);
box.append(text, more);

/** Lay the box below a link, or above it where there is more room. @param {Element} link */
function place(link) {
  const at = /** @type {DOMRect} */ ([...link.getClientRects()].pop() ?? link.getBoundingClientRect());
  const { width, height } = box.getBoundingClientRect();
  const view = document.documentElement.clientWidth;
  const above = at.bottom + height + 12 > innerHeight && at.top > height + 12;
  box.style.left = `${scrollX + Math.max(8, Math.min(at.left, view - width - 8))}px`;
  box.style.top = `${scrollY + (above ? at.top - height - 6 : at.bottom + 6)}px`;
}

/** @param {HTMLAnchorElement} link */
async function open(link) {
  const isTerm = link.href.includes("glossary.html");
  const name = link.textContent ?? "";
  whole.href = link.href;
  whole.textContent = isTerm ? told("In the glossary") : told("In the bibliography");
  box.setAttribute("aria-label", isTerm ? told("Term: {name}", { name }) : told("Source: {name}", { name }));
  text.textContent = "…";
  box.showPopover();
  place(link);
  try {
    text.replaceChildren(...(await entry(link)));
  } catch {
    location.assign(link.href);
    return;
  }
  place(link);
  box.focus({ preventScroll: true });
}

if ("popover" in box) {
  document.body.append(box);
  for (const link of document.querySelectorAll(ENTRIES)) link.setAttribute("aria-haspopup", "dialog");
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link?.matches(ENTRIES) || link.pathname === location.pathname) return;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link);
  });
}
