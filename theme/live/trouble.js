// Why a file of the site did not come, in words that a student can pass on.
import { told } from "../static/words.js";

/** What the worker says when a cell has left Python unusable. */
export const BROKEN = "broken";

/** The name of a file in its address. @param {string} address */
export const nameOf = (address) => address.split(/[?#]/)[0].split("/").pop() || address;

/** What is said of a file with other contents. @param {string} name */
export const damaged = (name) =>
  told("{name} came damaged: it is not the file that the course has. Reload the page, or try another network", { name });

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
    if (giveUp.aborted) {
      return told("{name} does not come: the network, or a filter in it, holds it back. Ask the one who looks after this network to allow it, or try another network", { name });
    }
    if (navigator.onLine === false) return told("{name} could not be fetched: there is no network", { name });
    return told("{name} could not be fetched: the network broke off, or a filter in it refuses the file. Try again; if it stays so, ask the one who looks after this network to allow it", { name });
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
  const places = { name, status, ending, host: location.host };
  if (status === 404 || status === 410) return told("{name} is not there ({status}). If the course was updated, reload the page; else tell the one who runs this site that the file is missing", places);
  if (status >= 500) return told("the server failed to send {name} ({status}). Try again in a minute; if it stays so, tell the one who runs this site", places);
  if (status >= 400) return told("the server, or a filter in the network, refuses {name} ({status}). Ask the one who looks after this network to allow it: files that end in .{ending}, from {host}", places);
  if (/html/.test(type)) return told("in the place of {name} came a page, as filters and login pages send it. Log in to the network, or ask the one who looks after it to allow files that end in .{ending}", places);
  const wanted = TYPES[ending];
  if (wanted && !type.includes(wanted.split("/")[1])) {
    const sent = type || told("a file without a type");
    return told("the server sends {name} as {sent}. Ask the one who runs this site to send .{ending} as {wanted}", { ...places, sent, wanted });
  }
  return "";
}
