// One live cell: its editor, its buttons, what it shows and what of it is kept.
import { language, told } from "../static/words.js";
import { button, holdOn, make, mega, staying } from "./dom.js";
import { home } from "./home.js";
import { trouble } from "./trouble.js";
import * as store from "./store.js";

const UNKEPT = told("This browser does not keep your work here (a private window, full storage, or a page inside another one). Save it to a file before you leave.");
const TOO_LONG = told(
  "This text is too long to be kept here: more than {count} characters. Save it to a file before you leave; what was kept before stays kept.",
  { count: store.MOST_TEXT.toLocaleString("en") },
);
const FROM_FILE = told("This text came from a file. Read it: with your word it runs before the cells below.");
const EARLIER = told("This belongs to an earlier text.");
const CHANGE = told("Compare it with yours: what would you change in your text? Change it above. Your first version stays kept.");
const BOTH = told("Both versions are kept, here and in the file of your work.");
/** Where the solutions of the page's language lie. */
const SOLUTIONS = `${home}_static/solutions/${language === "en" ? "" : `${language}/`}`;

/** A cell of the page, live or only printed: its text now, and as the book has it. @typedef {{text: string, code: string, name: string}} Source */
/** @typedef {"run" | "check" | "above"} What */

/** @param {HTMLElement} node @returns {HTMLElement} */
const inputOf = (node) => /** @type {HTMLElement} */ (node.querySelector(".cell_input"));

export class Cell {
  text = "";
  /** @type {store.Version[]} */
  others = [];
  /** @type {string | undefined} */
  solved; // the task's version that was solved
  /** @type {store.Version | undefined} */
  first; // the text with which a written answer was first complete
  /** @type {boolean | undefined} */
  unseen; // the text came from a file, and may not run yet
  status = "open";
  tries = 0; // checks of a text of the student's
  hints = 0; // opened
  /** @type {string | undefined} */
  mistake; // the first known one that a check found
  /** @type {ReturnType<typeof import("./editor.js").edit> | undefined} */
  #editor;
  /** @type {Promise<void> | undefined} */
  #opening;
  /** @type {number | undefined} */
  #known; // `saved` of the entry that this page last read or wrote
  #asked = false; // for the solution, before any attempt
  #began = 0; // when the cell was last set running
  /** @type {string | undefined} */
  #shown; // the text whose output is shown
  /** @type {[Source, string][]} */
  #judged = []; // cells and their texts that the verdict is about
  #refused = false; // the last check said no
  #lost = ""; // why the text is not kept

  /**
   * @param {HTMLElement} node  the cell as the book renders it
   * @param {{kind: string, name: string, code: string, id: string, version: string, check?: string,
   *   prompt?: string, title?: string, core?: boolean, counts?: boolean}} data
   * @param {{run: (cell: Cell, what: What) => void, stop: () => void,
   *   restart: (cell: Cell) => void, changed: () => void,
   *   following: (cell: Cell) => Cell | undefined, shower: () => Promise<any>}} page
   */
  constructor(node, data, page) {
    const { kind, name, code, id, version, check, prompt = "", title = "", core = false, counts = false } = data;
    this.kind = kind;
    this.name = name;
    this.code = this.text = code;
    this.id = id;
    this.version = this.written = version;
    this.check = check;
    this.prompt = prompt;
    this.title = title;
    this.core = core;
    this.counts = counts; // among the tasks of the page: not a turn in a lesson
    this.node = node;
    this.page = page;
    this.printed = node.querySelector(".cell_output");
    this.bar = make("div", "live-bar", "", { role: "group", "aria-label": this.name });
    this.runButton = button(told("Run"), () => this.#runOrStop());
    this.editButton = button(told("Edit"), () => this.open().then(() => this.#editor?.focus()));
    this.bar.append(this.runButton);
    if (this.check) this.bar.append(button(told("Check"), () => this.#start("check")));
    this.bar.append(button(told("Reset"), () => this.reset()));
    this.solutionButton = button(told("Show solution"), () => this.#showSolution());
    if (this.check) this.bar.append(this.solutionButton);
    this.bar.append(this.editButton); // last: it goes away, and no other button takes its place
    const more = make("details", "live-more");
    more.append(
      make("summary", "", told("More"), { "aria-label": told("More for {name}", { name }) }),
      button(told("Run all above"), () => this.#start("above")),
      button(told("Restart Python"), () => this.page.restart(this)),
    );
    this.says = make("span", "live-says", "", { role: "status" });
    this.mark = make("span", "live-mark");
    this.bar.append(more, this.mark, this.says);
    this.load = make("div", "live-load");
    this.load.hidden = true;
    this.notice = make("div", "live-notice", "", { role: "status" });
    const label = { role: "region", "aria-label": told("Output of {name}", { name }) };
    this.output = make("div", "live-output", "", label);
    this.verdict = make("div", "live-verdict", "", { role: "status" });
    this.solution = make("div", "live-solution");
    this.heard = make("div", "hidden", "", { role: "status" }); // for who listens to the page
    this.output.hidden = true;
    inputOf(node).after(this.notice, this.bar, this.load, this.verdict, this.output, this.solution, this.heard);
    if (this.check) {
      const details = make("details", "live-check");
      details.append(make("summary", "", told("What Check runs")), make("pre", "", this.check));
      this.solution.after(details);
    }
    this.node.classList.add("live");
    this.#restore();
    if (counts) this.#countHints();
  }

  #restore() {
    const entry = store.read(this.id);
    if (!entry) return;
    this.#known = entry.saved;
    Object.assign(this, { text: entry.text, written: entry.version, others: entry.others });
    Object.assign(this, { status: entry.status, solved: entry.solved, first: entry.first });
    Object.assign(this, { tries: entry.tries ?? 0, hints: entry.hints ?? 0, mistake: entry.mistake });
    this.unseen = this.kind === "setup" && entry.unseen === true && entry.text !== this.code;
    this.#showStatus();
    this.age();
    const changed = entry.version !== this.version && entry.text !== this.code;
    if (this.unseen) this.#askForWord();
    else if (changed) this.#offer(told("This task has changed since you wrote your text."));
    else if (this.others.length) this.#offer(told("Another text of yours is kept here too."));
  }

  /** Count the hints that are opened; they are kept with the next text. */
  #countHints() {
    const hints = this.node.closest("section")?.querySelectorAll("details.hint") ?? [];
    const opened = new Set();
    for (const hint of hints) {
      hint.addEventListener("toggle", () => (this.hints = Math.max(this.hints, opened.add(hint).size)), { once: true });
    }
  }

  /** Put the editor in the place of the printed code. */
  open() {
    this.#opening ??= import("./editor.js").then(({ edit }) => staying(this.node, () => {
      const input = inputOf(this.node);
      const holder = make("div", "live-editor");
      input.after(holder);
      this.#editor = edit(holder, {
        text: this.text,
        label: told("{name}. Shift+Enter runs; Escape, then Tab, leaves the editor", { name: this.name }),
        onChange: (text) => this.#typed(text),
        onRun: () => this.#start("run"),
      });
      input.hidden = this.editButton.hidden = true;
    }), async (error) => {
      this.#opening = undefined;
      const [address = ""] = String(error.message).match(/https?:\S+\.js/) ?? [];
      const why = (address && (await trouble(address))) || told("its file could not be loaded; if the course was updated, reload the page");
      this.say(told("The editor cannot open: {why}. Your text is kept.", { why }));
    });
    return this.#opening;
  }

  /** @param {string} text */
  #typed(text) {
    if (text === this.text) return;
    // what was deleted whole must be there after a reload, when the editor can undo no more
    if (!text.trim() && this.text !== this.code) this.others = store.further(text, [this.#version(), ...this.others]);
    this.text = text;
    if (this.unseen) this.#accept();
    this.save();
    this.page.changed();
  }

  /** Keep the text; tell the student and return false where the browser does not. */
  save() {
    if (this.text !== this.code && this.status === "open") this.status = "tried";
    const { text, written: version, status, solved, first, others, unseen, tries, mistake, hints } = this;
    const went = { ...(tries && { tries }), ...(mistake && { mistake }), ...(hints && { hints }) };
    const fresh = { text, version, status, solved, first, others, ...went, ...(unseen && { unseen }) };
    const { entry, lost } = store.keep(this.id, fresh, this.#known);
    this.#known = entry.saved;
    Object.assign(this, { others: entry.others, status: entry.status, solved: entry.solved });
    this.#showStatus();
    if (lost) this.#tell(lost === "long" ? TOO_LONG : UNKEPT, [[told("Save my work to a file"), () => store.download()]]);
    else if (this.#lost) this.#tell("", []);
    this.#lost = lost;
    return !lost;
  }

  /** Another tab kept a text of this cell: hold it beside the one shown here. @param {store.Entry} entry */
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
    this.#offer(told("Another tab has changed this text. Both are kept."));
  }

  reset() {
    const before = this.#version();
    this.unseen = false;
    this.#replace(this.code, this.version);
    this.others = store.further(this.code, [before, ...this.others]);
    if (this.save() && this.others.length) this.#offer(told("Reset. Your earlier text is kept."));
  }

  /** @param {string} message */
  #offer(message) {
    const changed = this.written !== this.version;
    this.#tell(message, [
      changed && [told("Start from the new task"), () => this.reset()],
      this.others.length && [told("Show the other text"), () => this.#swap()],
      [changed ? told("Keep my text") : told("Keep only this text"), () => this.#settle()],
    ]);
  }

  #askForWord() {
    this.open(); // what is asked about must be seen
    this.#tell(FROM_FILE, [
      [told("It may run"), () => (this.#accept(), this.save(), this.runButton.focus())],
      [told("Use the course's text"), () => (this.reset(), this.runButton.focus())],
    ]);
  }

  #accept() {
    this.unseen = false;
    this.#tell("", []);
  }

  #swap() {
    const [next, ...rest] = this.others;
    const before = this.#version();
    this.#replace(next.text, next.version);
    this.others = [...rest, before];
    if (this.save()) this.#offer(told("This is the other text. Both are kept."));
  }

  #settle() {
    if (this.written === this.version) this.others = [];
    this.written = this.version;
    if (this.save()) this.#tell("", []);
    this.runButton.focus(); // the button that was pressed is gone
  }

  /** @returns {store.Version} */
  #version() {
    return { text: this.text, version: this.written, saved: this.#known ?? 0 };
  }

  /** @param {string} text @param {string} version */
  #replace(text, version) {
    Object.assign(this, { text, written: version });
    this.#editor?.replace(text);
    this.page.changed();
  }

  /** @param {string} message @param {([string, () => unknown] | false | 0)[]} buttons */
  #tell(message, buttons) {
    staying(this.node, () => {
      this.notice.replaceChildren();
      if (!message) return;
      this.notice.append(make("span", "", message));
      for (const choice of buttons) if (choice) this.notice.append(button(...choice));
    });
  }

  #showStatus() {
    const old = this.solved !== this.version;
    const solved = old ? told("Solved in an earlier version") : this.#refused ? told("Solved with an earlier text") : told("Solved");
    /** @type {Record<string, string>} */
    const words = { open: "", tried: told("Tried"), done: solved };
    this.mark.textContent = this.check ? words[this.status] : "";
    this.mark.dataset.status = this.status;
  }

  /**
   * Say in a few words what is going on; `loaded` of `total` bytes have come.
   * @param {string} words
   * @param {number} [loaded]
   * @param {number} [total]
   */
  say(words, loaded, total = 0) {
    staying(this.node, () => {
      if (this.says.textContent !== words) this.says.textContent = words;
      this.load.hidden = loaded === undefined;
      if (loaded !== undefined) this.#count(loaded, total);
    });
  }

  /** @param {number} loaded @param {number} total */
  #count(loaded, total) {
    if (!this.load.childElementCount) {
      this.load.append(make("progress", "", "", { "aria-label": told("Python, loaded so far") }), make("span"));
    }
    const [bar, count] = this.load.children;
    Object.assign(bar, { max: total, value: loaded });
    const said = { loaded: mega(loaded), total: mega(total) };
    count.textContent = told("{loaded} of {total} MB. On a slow line this takes minutes, once: then the browser has it.", said);
  }

  /** @param {boolean} busy */
  setBusy(busy) {
    this.busy = busy;
    this.#began = performance.now();
    this.runButton.textContent = busy ? told("Stop") : told("Run");
    this.output.setAttribute("aria-busy", String(busy));
  }

  /** @param {What} what */
  #start(what) {
    if (this.busy) return;
    holdOn(this.bar);
    if (this.unseen) {
      this.#accept(); // who runs it has said so
      this.save();
    }
    this.page.run(this, what);
  }

  #runOrStop() {
    if (!this.busy) this.#start("run");
    else if (performance.now() - this.#began > 400) this.page.stop(); // not the end of a double click
  }

  /**
   * Show what the cell gave, folded to a line where it ran for another cell. A verdict on an
   * earlier text goes: what is new would stand below it, out of sight.
   * @param {import("./python.js").Result & {line?: number}} result  `line` is marked without an error
   * @param {boolean} [folded]
   */
  async show(result, folded) {
    const { show } = await this.page.shower();
    const text = this.text;
    staying(this.node, () => {
      this.printed?.remove(); // what the book printed
      this.printed = null;
      const words = show(this.output, result, folded ? this.name : undefined);
      this.#shown = text;
      if (!folded && this.#isEarlier()) show(this.verdict, { outputs: [] });
      this.age();
      if (!folded) this.heard.textContent = words;
      this.#editor?.mark(result.error?.line ?? result.line ?? null);
    });
  }

  /**
   * Show what a check said and remember it. `used` are the cells above that it ran.
   * @param {import("./python.js").Answer} answer
   * @param {Source[]} used
   */
  async judge(answer, used) {
    const { verdict, edited = [], as_written: original } = answer;
    const { show } = await this.page.shower();
    const right = verdict?.status === "right";
    staying(this.node, () => {
      show(this.verdict, { outputs: verdict ? [{ kind: "verdict", ...verdict }] : [] });
      this.#judged = [this, ...used].map((cell) => [cell, cell.text]);
      if (verdict && edited.length) this.verdict.append(this.#setupNote(edited.map((i) => used[i]), original));
      this.age();
    });
    this.#refused = Boolean(verdict) && !right;
    if (right) Object.assign(this, { status: "done", solved: this.version });
    else if (verdict?.status === "wrong" && this.status === "open") this.status = "tried";
    if (right && verdict.kind === "judgement") this.first ??= this.#version();
    if (verdict && this.text !== this.code) this.tries += 1;
    this.mistake ??= verdict?.mistake || undefined;
    this.save();
    if (right) await this.#tellMore(verdict);
    this.#reveal();
  }

  /** Say that a set-up was changed, and offer the original. @param {Source[]} changed @param {string} [original] */
  #setupNote(changed, original) {
    const and = told("and");
    const names = changed.map(({ name }) => name).join(` ${and} `);
    /** @type {Record<string, string>} */
    const says = { right: told("With the original set-up your answer is right."), wrong: told("With the original set-up it is wrong too.") };
    const note = make("div", "live-setups");
    const used = told("You changed {names}; Check used it as it stands.", { names });
    note.append(make("span", "", [used, says[original ?? ""]].filter(Boolean).join(" ")));
    for (const cell of changed.filter((one) => one instanceof Cell)) {
      note.append(button(told("Bring back the original of {name}", { name: cell.name }), () => cell.reset()));
    }
    return note;
  }

  /**
   * After a right answer: why it is right, or the model of a text, and what comes next.
   * @param {import("./python.js").Verdict} verdict
   */
  async #tellMore({ kind }) {
    const found = await this.#fetchSolution();
    const { clean } = await this.page.shower();
    staying(this.node, () => {
      const box = make("div", "live-why");
      if (found && kind === "judgement") box.append(make("p", "live-title", told("One way to write it")), make("pre", "", found.code));
      if (found && kind !== "brief") box.append(clean(found.why));
      if (kind === "judgement") box.append(...this.#versions());
      const next = this.counts && this.page.following(this);
      if (next) {
        const line = make("p", "live-next", next.core ? told("Next:") : told("Next, if you have time:"));
        line.append(" ", make("a", "", next.title, { href: `#task-${next.id.replace(".", "-")}` }));
        box.append(line);
      }
      if (box.childElementCount) this.verdict.append(box);
    });
  }

  /** After a first complete text: what to do with it; after another one: the first beside it. */
  #versions() {
    if (!this.first || this.first.text === this.text) return [make("p", "", CHANGE)];
    const first = make("details");
    first.append(make("summary", "", told("Your first version")), make("pre", "", this.first.text));
    return [make("p", "", BOTH), first];
  }

  /** Bring the verdict into view, unless the reader has gone elsewhere. */
  #reveal() {
    const bar = this.bar.getBoundingClientRect();
    if (bar.bottom < 0 || bar.top > innerHeight) return;
    const below = this.verdict.getBoundingClientRect().bottom + 12 - innerHeight;
    const room = bar.top - 12;
    if (below > 0) scrollBy({ top: Math.min(below, Math.max(room, 0)), behavior: "instant" });
  }

  /** Whether the verdict is about a text that stands no more in its cell. */
  #isEarlier() {
    return this.#judged.some(([cell, text]) => cell.text !== text);
  }

  /** Mark what belongs to a text that stands no more in its cell. */
  age() {
    /** @type {[Element | null, boolean][]} */
    const about = [
      [this.verdict, this.#isEarlier()],
      [this.output, this.#shown !== this.text],
      [this.printed, this.text !== this.code],
    ];
    for (const [node, earlier] of about) {
      if (!node) continue;
      const note = node.querySelector(":scope > .live-earlier");
      const wanted = earlier && node.childElementCount > (note ? 1 : 0);
      node.classList.toggle("live-stale", wanted);
      if (wanted && !note) node.prepend(make("p", "live-earlier", EARLIER));
      else if (!wanted) note?.remove();
    }
  }

  /** @returns {Promise<{code: string, why: string} | undefined>} */
  async #fetchSolution() {
    const all = await fetch(`${SOLUTIONS}${this.id.slice(0, 2)}.json`).then((answer) => answer.json()).catch(() => ({}));
    return all[this.id];
  }

  async #showSolution() {
    if (this.status === "open" && !this.#asked) {
      this.#asked = true;
      this.solutionButton.textContent = told("Show it before trying?");
      return;
    }
    this.solutionButton.textContent = told("Show solution");
    holdOn(this.bar);
    const found = await this.#fetchSolution();
    if (!found) return this.say(told("The solution could not be loaded."));
    const { clean } = await this.page.shower();
    const title = make("p", "live-title", told("Solution"));
    this.solution.replaceChildren(title, make("pre", "", found.code), clean(found.why));
    const where = told("The solution is shown below the cell.");
    this.heard.textContent = `${where} ${this.solution.textContent}`;
  }
}
