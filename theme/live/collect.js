// The teacher's page "Reading what students hand in": the files of a class, read by the same Python
// as the command, in this browser's worker. No file leaves the machine, and nothing is kept.
import { told } from "../static/words.js";
import { button, make } from "./dom.js";
import { home } from "./home.js";
import { Python, READY } from "./python.js";
import { saveAs } from "./store.js";

const place = document.getElementById("collect");
const MOST = 1_000_000_000; // bytes, all files together
/** @type {Record<string, string>} */
const KINDS = {
  html: "text/html;charset=utf-8",
  csv: "text/csv;charset=utf-8",
  zip: "application/zip",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};
/** @type {Record<string, string>} */
const WHAT = {
  "collected.zip": told("everything, with a page for each student and each task: unpack it and open collected.html"),
  "collected.html": told("the report below"),
  "collected.xlsx": told("all tables as a workbook"),
  "students.csv": told("a row a student"),
  "files.csv": told("a row a file"),
  "gradebook.csv": told("for Moodle or Canvas"),
};

/** A field with its label. @param {string} label @param {Record<string, string>} attributes */
function field(label, attributes) {
  const row = make("label", "collect-field", `${label} `);
  const input = /** @type {HTMLInputElement} */ (make("input", "", "", attributes));
  row.append(input);
  return { row, input };
}

/** @param {HTMLElement} place */
function tool(place) {
  const files = field(told("Files, or the platform's zip"), { type: "file", multiple: "", accept: ".zip,.json" });
  const folder = field(told("Or a folder"), { type: "file", webkitdirectory: "" });
  const roster = field(told("List of the class, with a column code (may be left out)"), { type: "file", accept: ".csv,text/csv" });
  const due = field(told("Due (may be left out)"), { type: "datetime-local" });
  const hidden = field(told("No codes on the pages of tasks"), { type: "checkbox" });
  const says = make("p", "collect-says", "", { role: "status" });
  const made = make("div", "collect-made");
  const shown = make("div", "collect-report scroll", "", { role: "region", "aria-label": told("Report"), tabindex: "0" });
  shown.hidden = true;
  const say = (/** @type {string} */ words) => (says.textContent = words);
  const python = new Python({
    worker: async () => (await import("./worker-text.js")).default,
    runtime: new URL(`${home}runtime/${RUNTIME}/`, document.baseURI).href,
    bytes: BYTES,
    say: (state, loaded, total) => state !== READY && say(loaded && total ? `${state} ${Math.round((100 * loaded) / total)}%` : state),
    leftOut() {},
  });

  async function read() {
    const chosen = [...(files.input.files ?? []), ...(folder.input.files ?? [])];
    const size = chosen.reduce((sum, file) => sum + file.size, 0);
    if (!chosen.length || size > MOST) {
      say(size ? told("These are more than 1 GB: read them in parts.") : told("Choose files first."));
      return;
    }
    start.disabled = true;
    try {
      const handed = await Promise.all(chosen.map(taken));
      const program = await fetch(`${home}_static/collect.zip`, { cache: "no-cache" }).then((answer) => {
        if (!answer.ok) throw new Error(told("collect.zip did not come ({status}); reload the page", { status: answer.status }));
        return answer.arrayBuffer();
      });
      const list = roster.input.files?.[0];
      const asked = {
        files: handed,
        roster: list ? new Uint8Array(await list.arrayBuffer()) : null,
        due: due.input.value ? new Date(due.input.value).getTime() : 0,
        anonymous: hidden.input.checked,
      };
      const { said, contents } = await python.collect(program, asked);
      if (!said.refused) await show(said, contents);
      say(said.refused ? told("Nothing was read: {why}.", { why: said.refused }) : told("Read: {what}.", { what: said.says }));
    } catch (error) {
      say(told("Nothing was read: {why}.", { why: /** @type {Error} */ (error).message.replace(/\.$/, "") }));
    } finally {
      start.disabled = false;
    }
  }

  /** @param {{report: string}} said @param {[string, Uint8Array<ArrayBuffer>][]} contents */
  async function show({ report }, contents) {
    const list = make("ul");
    for (const [name, bytes] of contents.sort(([one], [other]) => order(one) - order(other))) {
      const item = make("li");
      item.append(button(told("Save {name}", { name }), () => saveAs(name, KINDS[name.split(".").pop() ?? ""], bytes)), make("span", "", ` ${WHAT[name] ?? ""}`));
      list.append(item);
    }
    made.replaceChildren(list);
    const { clean } = await import("./output.js");
    const body = clean(report.split("<body>")[1]?.split("</body>")[0] ?? "");
    for (const head of body.querySelectorAll("h1, h2")) {
      const lower = make(head.localName === "h1" ? "h3" : "h4");
      lower.append(...head.childNodes);
      head.replaceWith(lower);
    }
    for (const link of body.querySelectorAll("a")) link.replaceWith(...link.childNodes); // its page is in the zip
    shown.replaceChildren(body);
    shown.hidden = false;
  }

  const start = /** @type {HTMLButtonElement} */ (button(told("Read them"), read));
  place.replaceChildren(files.row, folder.row, roster.row, due.row, hidden.row, start, says, made, shown);
}

/** @param {string} name */
const order = (name) => Object.keys(WHAT).indexOf(name);

/** A file as Python gets it. @param {File} file */
async function taken(file) {
  const name = file.webkitRelativePath || file.name;
  return { name, time: file.lastModified, bytes: new Uint8Array(await file.arrayBuffer()) };
}

if (place) tool(place);
