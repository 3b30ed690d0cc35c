// The search page. The index and the program that reads it come with the first search, from the
// folder that Pagefind has written beside the pages; see tools/site/search.py.
import { told } from "./words.js";

/**
 * What the index says of a page: its words, the places one can link to, and which words match.
 * @typedef {{element: string, id: string, text?: string, location: number}} Anchor
 * @typedef {{location: number, balanced_score: number}} Match
 * @typedef {{url: string, content: string, meta: Record<string, string>, anchors: Anchor[], weighted_locations: Match[]}} Page
 * @typedef {{id: string, words: number[], score: number, data: () => Promise<Page>}} Result
 * @typedef {{search: (query: string, options: object) => Promise<{results: Result[]}>}} Index
 *
 * A page that was found; a section of it, from its anchor to `end`, with the matches `at`.
 * @typedef {{id: string, kind: string, score: number, data: () => Promise<Page>}} Found
 * @typedef {{anchor: Anchor, end: number, score: number, at: number[]}} Span
 * @typedef {Span & {words: string[], name: string}} Section
 */

/** What a page is, and what its matches weigh beside those of a lesson. @type {Record<string, [string, number]>} */
const KINDS = {
  lesson: [told("Lesson"), 1],
  exercise: [told("Exercises"), 0.5],
  glossary: [told("Words"), 0.45],
  article: [told("The article"), 0.4],
  table: [told("Tables, atlas, timeline"), 0.2],
  plan: [told("Teaching"), 0.15],
  page: [told("About the course"), 0.1],
};
const PAGES = 8; // shown at once
const SECTIONS = 3; // of one page
const BEFORE = 8; // words of an excerpt before its first match
const LENGTH = 30;

const { root: base, home } = document.documentElement.dataset;
const root = new URL(base ?? "./", document.baseURI);
/** Where a page of cells reads what was found on it; see theme/live/arrive.js. */
const FOUND = `course:${new URL(home ?? "./", document.baseURI).pathname}:found`;
const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (document.querySelector(name));
const form = part("form.search-form");
const field = /** @type {HTMLInputElement} */ (part("form.search-form input"));
const said = part("#search-progress");
const list = part("#search-results");
const more = part("#search-more");

/** @type {Promise<Index> | undefined} */
let engine;

/** Load Pagefind in the page itself: the pages' policy allows no worker from an address. @returns {Promise<Index>} */
async function load() {
  const pagefind = await import(new URL("pagefind/pagefind.js", root).href);
  return pagefind.createInstance({ noWorker: true, ranking: { termSaturation: 1.2 } });
}

/** Return a text without accents, capitals and dashes. @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[–-]/g, " ").toLowerCase();

/** Return the pages that match, the best first: lessons weigh most. @param {string} query @returns {Promise<Found[]>} */
async function find(query) {
  engine ??= load();
  const index = await engine;
  const kinds = Object.keys(KINDS).map(async (kind) => {
    const { results } = await index.search(query, { filters: { kind } });
    const { results: others } = await english(index, query, kind, results);
    // a page that has the word itself comes before those that have one that means it
    const least = Math.min(...results.filter(({ words }) => words.length).map(({ score }) => score));
    return results.map((result) => {
      const other = result.words.length ? undefined : others.find(({ id }) => id === result.id);
      const score = other ? Math.min(other.score / 2, 0.99 * least) : result.score;
      return { id: result.id, kind, data: other ? other.data : () => used(query, result), score: score * KINDS[kind][1] };
    });
  });
  return (await Promise.all(kinds)).flat().sort((a, b) => b.score - a.score);
}

/** Return the word of the glossary that a page has, in any form, and that holds all words of a query. @param {Page} page @param {string} query */
function term({ meta }, query) {
  const words = plain(query).split(/\s+/);
  const found = (meta.terms ?? "").split(" · ").find((one) => words.every((word) => plain(one).includes(word)));
  return found?.split(" = ")[0];
}

/**
 * Search for the English word of the course, where pages have it and not the word that is asked for.
 * @param {Index} index
 * @param {string} query
 * @param {string} kind
 * @param {Result[]} results
 */
async function english(index, query, kind, results) {
  const without = results.find(({ words }) => !words.length);
  const word = without && term(await without.data(), query);
  return word && plain(word) !== plain(query) ? index.search(word, { filters: { kind } }) : { results: [] };
}

/** Return a page; where it has another form of the word that is asked for, the place of that. @param {string} query @param {Result} result */
async function used(query, result) {
  const page = await result.data();
  if (page.weighted_locations.length) return page;
  const letters = (/** @type {string} */ text) => plain(text).replaceAll(/\W/g, "");
  const id = `use${letters(term(page, query) ?? "")}`;
  const location = page.anchors.find((anchor) => letters(anchor.id) === id)?.location ?? 0;
  return { ...page, weighted_locations: [{ location, balanced_score: 1 }] };
}

// Sections ----------------------------------------------------------------------------------------

/** Return the name of a section: the heading, which ends with the first sentence. @param {string[]} words @param {Anchor} anchor */
function named(words, { id, text, location }) {
  const point = id.match(/^point-(\d+)$/);
  if (point) return told("Point {number}", { number: point[1] });
  if (text) return text;
  const end = words.findIndex((word, place) => place >= location && /[.?!]$/.test(word));
  return words.slice(location, Math.min(end + 1, location + 16)).join(" ").replace(/\.$/, "");
}

/** Return the sections of a page that hold matches, the one with most first. @param {Page} page @returns {Section[]} */
function sections({ content, anchors, weighted_locations: matches }) {
  const words = content.split(/\s+/);
  const places = anchors
    .filter(({ element, id }) => element === "section" || /^(point|term)-/.test(id))
    .sort((a, b) => a.location - b.location);
  /** @type {Map<number, Span>} */
  const found = new Map();
  for (const { location, balanced_score: score } of matches) {
    const at = places.findLastIndex((place) => place.location <= location);
    const section = found.get(at) ?? { anchor: places[at], end: words.length, score: 0, at: [] };
    section.end = places.slice(at + 1).find((next) => next.location > location)?.location ?? words.length;
    section.score += score;
    section.at.push(location);
    found.set(at, section);
  }
  return [...found.values()]
    .map((section) => ({ ...section, words, name: named(words, section.anchor) }))
    .sort((a, b) => b.score - a.score);
}

/** Return where an excerpt begins: before the match that has most others behind it. @param {Span} span */
function begin({ at, anchor }) {
  const behind = at.map((place) => at.filter((other) => other >= place && other < place + LENGTH - BEFORE).length);
  return Math.max(at[behind.indexOf(Math.max(...behind))] - BEFORE, anchor.location);
}

/**
 * Return the words before the first match of an excerpt, the match, the words after it, as far as
 * its sentence goes, and all of them.
 * @param {Section} section
 * @param {number} from  where the excerpt begins
 * @returns {[string, string, string, string]}
 */
function around({ words, at, anchor, end }, from) {
  const ends = (/** @type {string} */ word) => /[.?!:;]$/.test(word); // perhaps only in the index, where a block ends
  const place = at.find((one) => one >= from) ?? from;
  let start = place;
  while (start > anchor.location && start > place - 3 && !ends(words[start - 1])) start -= 1;
  let stop = place + 1;
  while (stop < end && stop < place + 4 && !ends(words[stop - 1])) stop += 1;
  const text = (/** @type {number} */ first, /** @type {number} */ last) => words.slice(first, last).join(" ").replace(/[.?!:;,]+$/, "");
  return [text(start, place), text(place, place + 1), text(place + 1, stop), text(start, stop)];
}

/** Return what makes a browser scroll to a match and mark it. @param {string} id @param {string[]} place */
function fragment(id, [before, match, after]) {
  const encoded = (/** @type {string} */ text) => encodeURIComponent(text).replaceAll("-", "%2D");
  const parts = [before && `${encoded(before)}-`, encoded(match), after && `-${encoded(after)}`];
  return `#${id}:~:text=${parts.filter(Boolean).join(",")}`;
}

// Showing -----------------------------------------------------------------------------------------

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string | Node} text
 * @param {Record<string, string>} [attributes]
 */
function element(name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(text);
  return made;
}

/** Return an excerpt in which what matches is marked. @param {Section} section @param {number} from */
function excerpt({ words, at, end }, from) {
  const shown = element("p", from ? "… " : "");
  for (let place = from; place < Math.min(from + LENGTH, end); place += 1) {
    shown.append(at.includes(place) ? element("mark", words[place]) : words[place], " ");
  }
  return shown;
}

/** @param {string} url @param {Section} section */
function sectionItem(url, section) {
  const from = begin(section);
  const { id } = section.anchor;
  const place = around(section, from);
  const link = element("a", section.name, { href: url + fragment(id, place) });
  link.addEventListener("click", () => {
    try {
      sessionStorage.setItem(FOUND, JSON.stringify([`${link.pathname}#${id}`, place.at(-1)]));
    } catch {
      // closed: the section is near enough
    }
  });
  const item = element("li", link);
  item.append(excerpt(section, from));
  return item;
}

/** @param {Found} found */
async function pageItem({ kind, data }) {
  const page = await data();
  const number = page.meta.number;
  const label = number ? `${KINDS[kind][0]} ${number}` : KINDS[kind][0];
  const title = element("h2", element("span", label, { className: "kind" }));
  title.append(" ", element("a", page.meta.title, { href: page.url }));
  const shown = element("ul", "");
  shown.append(...sections(page).slice(0, SECTIONS).map((section) => sectionItem(page.url, section)));
  const item = element("li", title);
  item.append(shown);
  return item;
}

let latest = "";

/** Search for what the field says; show nothing when another search has begun meanwhile. */
async function search() {
  const query = field.value.trim();
  latest = query;
  more.hidden = true;
  list.replaceChildren();
  document.title = document.title.replace(/^(.*: )?/, query && `${query}: `);
  said.textContent = query && told("Searching …");
  if (!query) return;
  try {
    const found = await find(query);
    const first = await point(query, found);
    if (query === latest) await show(query, first ? [first, ...found.filter(({ id }) => id !== first.id)] : found, 0);
  } catch (error) {
    said.textContent = told("The index of the search could not be loaded. Reload the page, or use the contents.");
    engine = undefined;
    throw error;
  }
}

/** Return the article when somebody asks for one of its points by number. @param {string} query @param {Found[]} found @returns {Promise<Found | undefined>} */
async function point(query, found) {
  const asked = query.match(/^(?:point|punto)\s+(\d+)$/i);
  const article = asked && found.find(({ kind }) => kind === "article");
  if (!article) return undefined;
  const page = await article.data();
  const { location } = page.anchors.find(({ id }) => id === `point-${asked[1]}`) ?? {};
  if (location === undefined) return undefined;
  const matches = [{ location, balanced_score: 1 }];
  return { ...article, data: async () => ({ ...page, weighted_locations: matches }) };
}

/** @param {string} query @param {Found[]} found @param {number} from */
async function show(query, found, from) {
  const next = await Promise.all(found.slice(from, from + PAGES).map(pageItem));
  if (query !== latest) return;
  list.append(...next);
  const count = found.length;
  if (!count) said.textContent = told("Nothing was found for “{query}”.", { query });
  else if (count === 1) said.textContent = told("1 page with “{query}”.", { query });
  else said.textContent = told("{count} pages with “{query}”.", { count, query });
  more.hidden = found.length <= from + PAGES;
  more.onclick = () => {
    show(query, found, from + PAGES);
    next[0].parentElement?.children[from + PAGES]?.querySelector("a")?.focus();
  };
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.pushState(null, "", `?q=${encodeURIComponent(field.value.trim())}`);
  search();
});

/** Search for what the address says. */
function fromAddress() {
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  search();
}

addEventListener("popstate", fromAddress);
fromAddress();
