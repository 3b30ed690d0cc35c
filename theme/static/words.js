// What the scripts say, in the language of the page. English stands in the code, as the first
// argument of `told`, from where tools/content/catalogue.py takes it. A page in another language
// loads its words before any script of its own (theme/templates/layout.html). To wait for them here
// would not do: WebKit runs a script although one that it shares with another still waits.

/** The language of the page; a worker has no page. */
export const language = globalThis.document?.documentElement.lang || "en";

const page = /** @type {{courseWords?: Record<string, string>}} */ (globalThis);

/** What is said in another language, by the English text. A worker is given it by the page. */
export const words = { ...page.courseWords };

/**
 * Return a sentence in the language of the page; where it has no translation, in English.
 * @param {string} text  in English, as a literal, with `{name}` where something is filled in
 * @param {Record<string, string | number>} places  what is filled in; without it a place stands as it is
 */
export function told(text, places = {}) {
  return (words[text] ?? text).replace(/\{(\w+)\}/g, (place, name) => String(places[name] ?? place));
}
