// One live cell: its editor, its buttons, what it shows and what of it is kept.
import { GONE } from "./gone.js";
import { button, clean, make, show } from "./output.js";
import * as store from "./store.js";

const UNKEPT =
  "This browser does not keep your work here (a private window, or full storage). " +
  "Save it to a file before you leave.";

export class Cell {
  text;
  others = [];
  status = "open";
  #editor;
  #opening;
  #known; // `saved` of the entry that this page last read or wrote
  #asked = false; // for the solution, before any attempt
  #began = 0; // when the cell was last set running

  /**
   * @param {HTMLElement} node  the cell as the book renders it
   * @param {{kind: string, name: string, code: string, id: string, version: string}} data
   * @param {{run: (cell: Cell, check: boolean) => void, stop: () => void, root: string}} page
   */
  constructor(node, data, page) {
    Object.assign(this, data, { node, page, text: data.code, written: data.version });
    this.#build();
    this.#restore();
  }

  #build() {
    this.bar = make("div", "live-bar", "", { role: "group", "aria-label": this.name });
    this.runButton = button("Run", () => this.#runOrStop());
    this.editButton = button("Edit", () => this.open().then(() => this.#editor?.focus()));
    this.bar.append(this.runButton, this.editButton);
    if (this.check) this.bar.append(button("Check", () => this.busy || this.page.run(this, true)));
    this.bar.append(button("Reset", () => this.reset()));
    if (this.check) {
      this.solutionButton = button("Show solution", () => this.#showSolution());
      this.bar.append(this.solutionButton);
    }
    this.says = make("span", "live-says", "", { role: "status" });
    this.mark = make("span", "live-mark");
    this.bar.append(this.mark, this.says);
    this.notice = make("div", "live-notice", "", { role: "status" });
    const label = { role: "region", "aria-label": `Output of ${this.name}` };
    this.output = make("div", "live-output", "", label);
    this.verdict = make("div", "live-verdict", "", { role: "status" });
    this.solution = make("div", "live-solution");
    this.output.hidden = true;
    const input = this.node.querySelector(".cell_input");
    input.after(this.notice, this.bar, this.output, this.verdict, this.solution);
    if (this.check) {
      const details = make("details", "live-check");
      details.append(make("summary", "", "What Check runs"), make("pre", "", this.check));
      this.solution.after(details);
    }
    this.node.classList.add("live");
  }

  #restore() {
    const entry = store.read(this.id);
    if (!entry) return;
    this.#known = entry.saved;
    Object.assign(this, { text: entry.text, written: entry.version, others: entry.others });
    Object.assign(this, { status: entry.status, solved: entry.solved });
    this.#showStatus();
    const changed = entry.version !== this.version && entry.text !== this.code;
    if (changed) this.#offer("This task has changed since you wrote your text.");
    else if (this.others.length) this.#offer("Another text of yours is kept here too.");
  }

  /** Put the editor in the place of the printed code. */
  open() {
    this.#opening ??= import("./editor.js").then(({ edit }) => {
      const input = this.node.querySelector(".cell_input");
      const holder = make("div", "live-editor");
      input.after(holder);
      this.#editor = edit(holder, {
        text: this.text,
        label: `${this.name}. Shift+Enter runs; Escape, then Tab, leaves the editor`,
        onChange: (text) => this.#typed(text),
        onRun: () => this.busy || this.page.run(this, false),
      });
      input.hidden = this.editButton.hidden = true;
    }, () => {
      this.#opening = undefined;
      this.say(`The editor cannot open: ${GONE}. Your text is kept.`);
    });
    return this.#opening;
  }

  #typed(text) {
    if (text === this.text) return;
    this.text = text;
    this.save();
  }

  /** Keep the text; tell the student and return false where the browser does not. */
  save() {
    if (this.text !== this.code && this.status === "open") this.status = "tried";
    const { text, written: version, status, solved, others } = this;
    const fresh = { text, version, status, solved, others };
    const { entry, kept } = store.keep(this.id, fresh, this.#known);
    this.#known = entry.saved;
    this.others = entry.others;
    this.#showStatus();
    if (!kept) this.#tell(UNKEPT, [["Save my work to a file", store.download]]);
    return kept;
  }

  /** Another tab kept a text of this cell: hold it beside the one shown here. */
  foreign(entry) {
    this.#known = entry.saved;
    if (store.STATUSES.indexOf(entry.status) > store.STATUSES.indexOf(this.status)) {
      Object.assign(this, { status: entry.status, solved: entry.solved });
      this.#showStatus();
    }
    if (entry.text === this.text) return;
    const mine = this.others.filter((other) => other.text !== this.abroad);
    this.abroad = entry.text;
    this.others = store.further(this.text, [entry, ...mine]);
    this.#offer("Another tab has changed this text. Both are kept.");
  }

  reset() {
    const before = this.#version();
    this.#replace(this.code, this.version);
    this.others = store.further(this.code, [before, ...this.others]);
    if (this.save() && this.others.length) this.#offer("Reset. Your earlier text is kept.");
  }

  #offer(message) {
    const changed = this.written !== this.version;
    this.#tell(message, [
      changed && ["Start from the new task", () => this.reset()],
      this.others.length && ["Show the other text", () => this.#swap()],
      [changed ? "Keep my text" : "Keep only this text", () => this.#settle()],
    ]);
  }

  #swap() {
    const [next, ...rest] = this.others;
    const before = this.#version();
    this.#replace(next.text, next.version);
    this.others = [...rest, before];
    if (this.save()) this.#offer("This is the other text. Both are kept.");
  }

  #settle() {
    if (this.written === this.version) this.others = [];
    this.written = this.version;
    if (this.save()) this.#tell("", []);
    this.runButton.focus(); // the button that was pressed is gone
  }

  #version() {
    return { text: this.text, version: this.written, saved: this.#known ?? 0 };
  }

  #replace(text, version) {
    Object.assign(this, { text, written: version });
    this.#editor?.replace(text);
  }

  #tell(message, buttons) {
    this.notice.replaceChildren();
    if (!message) return;
    this.notice.append(make("span", "", message));
    for (const choice of buttons.filter(Boolean)) this.notice.append(button(...choice));
  }

  #showStatus() {
    const old = this.status === "done" && this.solved !== this.version;
    const words = { open: "", tried: "Tried", done: old ? "Solved in an earlier version" : "Solved" };
    this.mark.textContent = this.check ? words[this.status] : "";
    this.mark.dataset.status = this.status;
  }

  /** Say in a few words what is going on. */
  say(words) {
    this.says.textContent = words;
  }

  setBusy(busy) {
    this.busy = busy;
    this.#began = performance.now();
    this.runButton.textContent = busy ? "Stop" : "Run";
    this.output.setAttribute("aria-busy", busy);
  }

  #runOrStop() {
    if (!this.busy) this.page.run(this, false);
    else if (performance.now() - this.#began > 400) this.page.stop(); // not the end of a double click
  }

  /** Show what the cell gave. */
  show(result) {
    this.node.querySelector(".cell_output")?.remove(); // what the book printed
    show(this.output, result);
    this.verdict.replaceChildren(); // it was about another result
    this.#editor?.mark(result.error?.line ?? null);
  }

  /** Show what the check said and remember it. */
  judge(result) {
    const missing = result.error?.kind === "NameError" && result.error.name;
    if (missing) {
      const text = `The check looks for ${missing}, and nothing of that name is there yet.`;
      result = { outputs: [{ kind: "text", text }] };
    }
    show(this.verdict, result);
    const status = result.outputs.find(({ kind }) => kind === "verdict")?.status;
    if (status === "right") Object.assign(this, { status: "done", solved: this.version });
    else if (status === "wrong" && this.status === "open") this.status = "tried";
    this.save();
  }

  async #showSolution() {
    if (this.status === "open" && !this.#asked) {
      this.#asked = true;
      this.solutionButton.textContent = "Show it before trying?";
      return;
    }
    this.solutionButton.textContent = "Show solution";
    const file = `${this.page.root}_static/solutions/${this.id.slice(0, 2)}.json`;
    const all = await fetch(file).then((answer) => answer.json()).catch(() => ({}));
    const found = all[this.id];
    if (!found) return this.say("The solution could not be loaded.");
    const title = make("p", "live-title", "Solution");
    this.solution.replaceChildren(title, make("pre", "", found.code), clean(found.why));
  }
}
