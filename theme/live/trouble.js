// Why a file of the site did not come, in words that a student can pass on.

/** What the worker says when a cell has left Python unusable. */
export const BROKEN = "broken";

const RELOAD = "If the course was updated, reload the page";
const ASK = "Ask the one who looks after this network to allow it";

/** The name of a file in its address. @param {string} address */
export const nameOf = (address) => address.split(/[?#]/)[0].split("/").pop() || address;

/**
 * Return why a file cannot be used, or nothing when it can.
 * @param {string} address
 * @param {typeof fetch} get
 * @returns {Promise<string>}
 */
export async function trouble(address, get = fetch) {
  const name = nameOf(address);
  const giveUp = AbortSignal.timeout(8_000);
  let answer;
  try {
    answer = await get(address, { cache: "no-store", signal: giveUp });
  } catch {
    if (giveUp.aborted) return `${name} does not come: the network, or a filter in it, holds it back. ${ASK}, or try another network`;
    if (navigator.onLine === false) return `${name} could not be fetched: there is no network`;
    return `${name} could not be fetched: the network broke off, or a filter in it refuses the file. Try again; if it stays so, ${ASK.replace("A", "a")}`;
  }
  answer.body?.cancel().catch(() => {});
  return judged(name, answer.status, answer.headers.get("Content-Type") ?? "");
}

const TYPES = { js: "text/javascript", mjs: "text/javascript", wasm: "application/wasm" };

/**
 * Return what is wrong with an answer of a server, or nothing.
 * @param {string} name
 * @param {number} status
 * @param {string} type
 */
export function judged(name, status, type) {
  const ending = /** @type {keyof typeof TYPES} */ (name.split(".").pop() ?? "");
  if (status === 404 || status === 410) return `${name} is not there (${status}). ${RELOAD}; else tell the one who runs this site that the file is missing`;
  if (status >= 500) return `the server failed to send ${name} (${status}). Try again in a minute; if it stays so, tell the one who runs this site`;
  if (status >= 400) return `the server, or a filter in the network, refuses ${name} (${status}). ${ASK}: files that end in .${ending}, from ${location.host}`;
  if (/html/.test(type)) return `in the place of ${name} came a page, as filters and login pages send it. Log in to the network, or ask the one who looks after it to allow files that end in .${ending}`;
  const wanted = TYPES[ending];
  if (wanted && !type.includes(wanted.split("/")[1])) return `the server sends ${name} as ${type || "a file without a type"}. Ask the one who runs this site to send .${ending} as ${wanted}`;
  return "";
}
