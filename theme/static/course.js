// The page around the text: theme, contents on a small screen, boxes that scroll by keyboard, and
// the place where a reader stopped.
import { told } from "./words.js";

const root = document.documentElement;
/** What the site keeps in the browser begins with its own path; see theme/live/home.js. */
const own = `course:${new URL(root.dataset.home ?? "./", document.baseURI).pathname}:`;
const system = matchMedia("(prefers-color-scheme: dark)");

/** Do something with the browser's storage, or nothing where it is closed. @template T @param {(storage: Storage) => T} action */
function stored(action) {
  try {
    return action(localStorage);
  } catch {
    return undefined;
  }
}

// Theme: the system's, until a reader chooses the other one.
const theme = /** @type {HTMLButtonElement} */ (document.querySelector("button.theme"));

/** @param {string} name */
function setTheme(name) {
  root.dataset.theme = name;
  theme.textContent = name === "dark" ? told("Light") : told("Dark");
  theme.setAttribute("aria-label", name === "dark" ? told("Use the light theme") : told("Use the dark theme"));
}

const systems = () => (system.matches ? "dark" : "light");
theme.addEventListener("click", () => {
  const chosen = root.dataset.theme === "dark" ? "light" : "dark";
  setTheme(chosen);
  if (chosen === systems()) stored((storage) => storage.removeItem(`${own}theme`));
  else stored((storage) => storage.setItem(`${own}theme`, chosen));
});
system.addEventListener("change", () => stored((storage) => storage.getItem(`${own}theme`)) ?? setTheme(systems()));
setTheme(root.dataset.theme ?? systems());

// Contents: a popover on a small screen, which the browser opens and closes; long ones begin where
// the reader is, and the section being read is marked.
const contents = /** @type {HTMLElement | null} */ (document.querySelector("nav.contents")); // slides have none

/** Scroll the contents, and nothing else, so that a link shows. @param {Element | null | undefined} link */
function showInContents(link) {
  if (!contents || !link) return;
  const { top, bottom } = link.getBoundingClientRect();
  const box = contents.getBoundingClientRect();
  if (top < box.top || bottom > box.bottom) contents.scrollTop += top - box.top - box.height / 3;
}

const current = () => [...(contents?.querySelectorAll("[aria-current]") ?? [])].pop();
contents?.addEventListener("click", ({ target }) => {
  if (!("popover" in contents) || !contents.matches(":popover-open")) return; // an older browser has none
  if (/** @type {Element} */ (target).closest("a")) contents.hidePopover();
});
contents?.addEventListener("toggle", () => showInContents(current()));
showInContents(current());

/** The links of the page's own sections, in order, each with its section. @type {Map<Element, Element>} */
const sections = new Map();
for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".contents .sections a"))) {
  const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (section) sections.set(section, link);
}
/** @type {Set<Element>} */
const inView = new Set();
const reading = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) inView[isIntersecting ? "add" : "delete"](target);
  const now = [...sections].filter(([section]) => inView.has(section)).pop()?.[1]; // the last to begin
  for (const link of sections.values()) {
    if (link === now) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
  showInContents(now);
}, { rootMargin: "0px 0px -70% 0px" });
for (const section of sections.keys()) reading.observe(section);

// How far one is: a line under the bar of a small screen.
const line = /** @type {HTMLElement | null} */ (document.querySelector(".read"));
const far = () => line?.style.setProperty("--read", String(scrollY / Math.max(1, root.scrollHeight - innerHeight)));
addEventListener("scroll", far, { passive: true });
far();

// What is wider than the text scrolls in its own box, which a key must reach.
/** @param {Element} box */
function reachable(box) {
  const wide = box.scrollWidth > box.clientWidth;
  const name = box.matches("pre") ? told("Code, scrolls sideways") : told("Table, scrolls sideways");
  for (const [attribute, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", name]]) {
    if (wide) box.setAttribute(attribute, value);
    else box.removeAttribute(attribute);
  }
}

// Printed code has a button that copies it; a live cell has an editor in its place.
const LIVE_CELLS = ":is(.tag_answer, .tag_try, .tag_setup, .tag_check) *";

/** @param {Element} code */
function offerCopy(code) {
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "copy";
  copy.textContent = told("Copy");
  copy.addEventListener("click", async () => {
    const text = code.querySelector("pre")?.textContent?.trimEnd() ?? "";
    copy.textContent = (await copied(text)) ? told("Copied") : told("Not copied");
    setTimeout(() => (copy.textContent = told("Copy")), 2000);
  });
  code.classList.add("copies");
  code.append(copy);
}

/** Put a text on the clipboard; over plain http a browser offers only the old way. @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "hidden";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

const watched = new ResizeObserver((entries) => entries.forEach(({ target }) => reachable(target)));

/** Give what a live cell has shown the boxes that the printed page has from the start. */
function prepare() {
  for (const table of document.querySelectorAll("article table:not(.scroll > table)")) {
    const box = document.createElement("div");
    box.className = "scroll";
    table.replaceWith(box);
    box.append(table);
    // pandas leaves the header of an unnamed index empty: an empty header says nothing.
    for (const header of table.querySelectorAll("th:empty")) header.replaceWith(document.createElement("td"));
  }
  for (const box of document.querySelectorAll("article pre, article .scroll")) watched.observe(box);
  for (const code of document.querySelectorAll(`article .highlight:not(.copies, ${LIVE_CELLS})`)) offerCopy(code);
}
document.addEventListener("course:output", prepare);
prepare();

// Over plain http a browser gives JupyterLite no way to show its files to Python.
const actions = document.querySelector("p.actions");
if (actions && !isSecureContext) {
  const limit = document.createElement("p");
  limit.className = "limit";
  limit.textContent = told("On this server (plain http) JupyterLite has one limit: its Python does not see files that you add. The tables of the course load as everywhere, and nothing is missing on this page.");
  actions.after(limit);
}

// Where a reader stopped: kept on lessons and exercises, offered on the first page.
const LAST = `${own}last-page`;
const here = { path: location.pathname, title: document.querySelector("h1")?.firstChild?.textContent };
if (/\/(notebooks|exercises)\//.test(here.path)) stored((storage) => storage.setItem(LAST, JSON.stringify(here)));
const start = document.querySelector("article .start");
const last = start && stored((storage) => JSON.parse(storage.getItem(LAST) ?? "null"));
if (start && last?.title && last.path?.startsWith("/")) {
  const link = document.createElement("a");
  link.href = last.path;
  link.textContent = told("Go on: {title}", { title: last.title });
  start.prepend(link);
}
