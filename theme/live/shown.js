// What can be told of an output without a page: its files, its numbers, its size in words.
import { told } from "../static/words.js";

/** A brief to hand in, the only files that a cell can offer; see course/brief.py. */
const FILE = /^brief[a-z0-9-]{0,50}\.(html|json)$/;
const MOST_FILE = 4_000_000;
const KINDS = {
  // A page is saved only when it begins with the policy that lets nothing in it run or be fetched.
  html: {
    type: "text/html;charset=utf-8",
    start: `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'">
`,
  },
  json: { type: "application/json", start: "{" },
};

/**
 * Return the type of a file that a cell offers, or nothing when it must not be saved.
 * @param {string} name
 * @param {string} text
 */
export function savable(name, text) {
  const kind = KINDS[/** @type {keyof typeof KINDS} */ (FILE.exec(name)?.[1] ?? "")];
  return kind && text.length <= MOST_FILE && text.startsWith(kind.start) ? kind.type : undefined;
}

const NUMBER = /^([-−+]?[\d.,]+(e[-+]\d+)?%?|NaN|<NA>|None|inf|\.\.\.)$/i;
const LONG = 24; // characters; a longer text may break into lines

/**
 * Return the class of a column of a table from its texts: none when they are numbers. The same rule
 * writes the tables that the book prints.
 * @param {string[]} texts
 */
export function columnClass(texts) {
  if (texts.some((text) => text.length > LONG)) return "words long";
  return texts.every((text) => NUMBER.test(text)) ? "" : "words";
}

/** @param {number} count */
const written = (count) => count.toLocaleString("en");

/** Say how many. @param {number} count @param {string} one  what is said of one @param {string} more  and of any other number */
export const counted = (count, one, more) => (count === 1 ? one : more).replace("{count}", written(count));

const MOST_TAGS = 40_000;
const MOST_NESTED = 400; // a browser's time grows with the square of it: minutes for 50,000
const NEVER_CLOSED = /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dt|dd|tr|td|th|option)$/i;

/**
 * Say why some markup is more than a page can hold, if it is.
 * @param {string} html
 */
export function tooMuch(html) {
  const markup = html.replace(/<script\b.*?<\/script>/gis, "");
  let [tags, depth, deepest] = [0, 0, 0];
  for (const [, close, name, own] of markup.matchAll(/<(\/?)([a-z][\w:-]*)[^>]*?(\/?)>/gi)) {
    tags += 1;
    if (!own && !NEVER_CLOSED.test(name)) depth = close ? Math.max(0, depth - 1) : depth + 1;
    deepest = Math.max(deepest, depth);
  }
  if (deepest > MOST_NESTED) return told("This output has {count} parts inside each other, and a page can hold {most}.", { count: written(deepest), most: MOST_NESTED });
  if (tags > MOST_TAGS) return told("This output has {count} parts, and a page can hold {most}. Show less of it.", { count: written(tags), most: written(MOST_TAGS) });
  return "";
}

/** @param {number} rows @param {number} [columns] */
function table(rows, columns) {
  const high = counted(rows, told("{count} row"), told("{count} rows"));
  const wide = columns ? counted(columns, told("{count} column"), told("{count} columns")) : "";
  return wide ? told("a table, {rows} and {columns}", { rows: high, columns: wide }) : told("a table, {rows}", { rows: high });
}

/**
 * Say in a few words what a cell gave, for one line and for who listens to the page.
 * @param {{text?: string, rows?: number, columns?: number, figure?: string}[]} parts
 */
export function summary(parts) {
  const words = parts.map(({ text, rows, columns, figure }) => {
    if (rows !== undefined) return table(rows, columns);
    if (figure !== undefined) return figure || told("a figure");
    const lines = (text ?? "").trimEnd().split("\n");
    return lines.length > 3 ? told("{count} lines of text", { count: written(lines.length) }) : lines.join(" ").slice(0, 200);
  });
  return words.filter(Boolean).join("; ");
}
