// Where this site begins, and the names under which it keeps things in the browser. All courses of
// one host share its storage, so each name holds the site's path; it holds no language and no
// version, so that a student's work outlives a change of either.

/** Path of the site's root, with slashes around it. */
export const home = new URL(document.documentElement.dataset.home ?? "./", document.baseURI).pathname;

/** Everything that the site keeps in localStorage begins with this. */
export const OWN = `course:${home}:`;
/** A text that a student wrote; its id follows. No id holds a colon, so no text is ever a setting. */
export const WORK = `${OWN}work:`;
