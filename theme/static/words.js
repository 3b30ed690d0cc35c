// What the scripts say, in the language of the page. English stands in the code, as the first
// argument of `told`, from where tools/content/catalogue.py takes it. A page in another language
// fetches its words, once, before the script that imports this goes on. Each script is bundled with
// this module: so that it is asked for no file more.

/** A worker has no page: the one who starts it gives it the words. */
const page = globalThis.document?.documentElement;

/** The language of the page. */
export const language = page?.lang || "en";

/** What there is in another language, by the English text. @type {Record<string, string>} */
export const words = {};

/**
 * Return a sentence in the language of the page.
 * @param {string} text  in English, as a literal, with `{name}` where something is filled in
 * @param {Record<string, string | number>} places  what is filled in; without it a place stands as it is
 */
export function told(text, places = {}) {
  return (words[text] ?? text).replace(/\{(\w+)\}/g, (place, name) => String(places[name] ?? place));
}

if (language !== "en") {
  // the scripts of a page do not share this module, but they share what was fetched
  const shared = /** @type {{courseWords?: Promise<Record<string, string>>}} */ (globalThis);
  shared.courseWords ??= fetch(`${page.dataset.home}_static/words/${language}.json`).then((answer) => {
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    return answer.json();
  });
  // filled and not replaced: whoever asks before, or in vain, is told in English
  await shared.courseWords.then((found) => Object.assign(words, found), (error) => console.warn(error));
}
