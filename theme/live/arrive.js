// Coming to a page of cells: their buttons and editors move what stands below, after the browser
// has gone where a link points or back to where the reader was. This goes there once more.
import { OWN } from "./home.js";

const PLACES = "main section[id], main [id^='task-']";
const key = `${OWN}place:${location.pathname}`;

/** @template T @param {(storage: Storage) => T} action @returns {T | undefined} */
function session(action) {
  try {
    return action(sessionStorage);
  } catch {
    return undefined; // closed: the browser's own place is good enough
  }
}

/** The last place above the reader's eyes, and how far it is from the top of the window. */
function here() {
  const above = [...document.querySelectorAll(PLACES)].filter((node) => node.getBoundingClientRect().top < innerHeight / 3);
  const node = above.at(-1);
  return node && { id: node.id, offset: node.getBoundingClientRect().top };
}

/**
 * The block with the words that a search has linked to: the browser has gone to them, and marks them.
 * @param {HTMLElement | null} section
 */
function found(section) {
  const [address, words] = session((storage) => JSON.parse(storage.getItem(`${OWN}found`) ?? "[]")) ?? [];
  if (!section || address !== location.pathname + location.hash) return null;
  const blocks = [...section.querySelectorAll("p, li, td, th, dd, dt, pre, h2, h3")];
  return blocks.findLast((block) => block.textContent?.replace(/\s+/g, " ").includes(words)) ?? null;
}

function go() {
  const [entry] = performance.getEntriesByType("navigation");
  const cameBack = /** @type {PerformanceNavigationTiming} */ (entry)?.type !== "navigate";
  const was = cameBack && session((storage) => JSON.parse(storage.getItem(key) ?? "null"));
  const linked = document.getElementById(was ? was.id : decodeURIComponent(location.hash.slice(1)));
  const node = was ? linked : (found(linked) ?? linked);
  if (was && node) scrollBy({ top: node.getBoundingClientRect().top - was.offset, behavior: "instant" });
  else node?.scrollIntoView({ behavior: "instant", block: node === linked ? "start" : "center" });
}

/** @param {() => void} arrived  told each time the page has gone to its place; see `keepStill` */
export function arrive(arrived) {
  let moved = false; // by the reader, who is not to be pulled back
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(kind, () => (moved = true), { once: true, passive: true });
  }
  const there = () => (go(), arrived());
  there();
  if (document.readyState !== "complete") addEventListener("load", () => setTimeout(() => moved || there()));
  addEventListener("pagehide", () => session((storage) => storage.setItem(key, JSON.stringify(here() ?? null))));
}
