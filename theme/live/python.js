// The page's side of the Python worker: starts it, asks it, stops it, and starts it anew.
import { language, told, words } from "../static/words.js";
import { BROKEN, trouble } from "./trouble.js";

/** What is said when Python has started. */
export const READY = told("Ready");

/**
 * What a cell gave; see `run_cell` in course/cells.py.
 * @typedef {{outputs: any[], error?: any}} Result
 * @typedef {{status: string, kind?: string, mistake?: string}} Verdict  `mistake` names a known one
 * @typedef {Result & {above: Result[], verdict: Verdict | null, edited?: number[], as_written?: string}} Answer
 *   what a check gave; see `check_cell`
 * @typedef {{code: string, check: string, name: string, prompt: string, above: {code: string, written: string | null, name: string}[]}} Asked
 */

/** Raised in whoever waits for Python when the student stops it. */
export class Stopped extends Error {}

/** Raised when a cell has left Python unusable. */
export class Broken extends Error {}

export class Python {
  /** Cells that ran without an error, with the text they ran with. @type {Map<object, string>} */
  done = new Map();
  /** @type {Worker | undefined} */
  #worker;
  /** @type {(Promise<void> & {ready?: boolean}) | undefined} */
  #started;
  /** @type {Map<number, {resolve: (value: any) => void, reject: (reason: Error) => void}>} */
  #waiting = new Map();
  #ids = 0;
  /** @type {Uint8Array | null} */
  #interrupt = null;

  /**
   * @param {{worker: () => Promise<string>, runtime: string, bytes: Sizes,
   *   say: (state: string, loaded?: number, total?: number) => void,
   *   leftOut: (cell: object) => void}} options  `worker` fetches the worker's text, `leftOut` is told
   *   of a cell that is not run again by itself, because Python broke at it
   */
  constructor(options) {
    this.options = options;
  }

  /** Start Python unless it is started; resolves when it is ready. @returns {Promise<void>} */
  start() {
    this.#started ??= this.#boot();
    return this.#started;
  }

  /** Get ready what some cells and checks need: they run at once later, and without the network. @param {string[]} codes */
  async prepare(codes) {
    await this.start();
    await this.#ask("prepare", codes);
  }

  /**
   * Positions of the cells above that must run before `code`.
   * @param {string} code
   * @param {{code: string, always: boolean}[]} above
   * @returns {Promise<number[]>}
   */
  async needed(code, above) {
    await this.start();
    return this.#ask("needed", code, above);
  }

  /**
   * Run a cell; `key` is the object that `done` remembers it by.
   * @param {object} key
   * @param {string} code
   * @param {string} name
   * @returns {Promise<Result>}
   */
  async run(key, code, name) {
    await this.start();
    this.#ready();
    this.done.delete(key);
    const result = await this.#ask("run", code, name);
    if (!result.error) this.done.set(key, code);
    return result;
  }

  /** Check an answer in a space of its own; see `check_cell` in course/cells.py. @param {Asked} request @returns {Promise<Answer>} */
  async check(request) {
    await this.start();
    this.#ready();
    return this.#ask("check", request);
  }

  /**
   * Read what students hand in; see tools/classroom/handed_in.
   * @param {ArrayBuffer} program  the archive of the reader
   * @param {object} asked
   * @returns {Promise<{said: any, contents: [string, Uint8Array<ArrayBuffer>][]}>}
   */
  async collect(program, asked) {
    await this.start();
    return this.#ask("collect", program, asked);
  }

  /** Forget all names: at once, or by a new Python where this one is busy or cannot. */
  async restart() {
    this.done.clear();
    if (this.#waiting.size) this.#end(new Stopped());
    else if (this.#started?.ready) await this.#ask("restart").catch(() => {});
    await this.start();
  }

  /** Stop what runs. Everybody who waits gets `Stopped`, at once or from Python. */
  stop() {
    if (!this.#waiting.size) return;
    if (this.#interrupt && this.#started?.ready) {
      this.#interrupt[0] = 2; // SIGINT: Python stops by itself and keeps its state ...
      const stuck = [...this.#waiting.keys()];
      setTimeout(() => stuck.some((id) => this.#waiting.has(id)) && this.#end(new Stopped()), 3000);
    } else {
      this.#end(new Stopped()); // ... or the worker goes, and the cells that ran run again
    }
  }

  #ready() {
    if (this.#interrupt) this.#interrupt[0] = 0; // a Stop that came too late for the cell before
  }

  /** @param {Error} reason */
  #end(reason) {
    this.#worker?.terminate();
    this.#worker = this.#started = undefined;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    if (reason instanceof Stopped) this.start().catch(() => {});
  }

  #boot() {
    /** @type {Promise<void> & {ready?: boolean}} */
    const started = this.options.worker().then(
      (code) => this.#launch(code, started),
      async (error) => {
        this.#started = undefined; // the next try fetches it again
        const [address = ""] = String(error.message).match(/https?:\S+\.js/) ?? [];
        throw new Error((address && (await trouble(address))) || error.message);
      },
    );
    return started;
  }

  /** @param {string} code @param {Promise<void> & {ready?: boolean}} started @returns {Promise<void>} */
  #launch(code, started) {
    const { runtime, bytes, say } = this.options;
    // From its text, not from an address: so the policy of the page holds in it on every host.
    const text = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const own = new Worker(text, { type: "module" });
    this.#worker = own;
    own.onmessage = ({ data }) => own === this.#worker && this.#hear(data, say);
    own.onerror = async (event) => {
      event.preventDefault();
      const why = event.message || (await trouble(`${runtime}files.json`)) || told("the browser, or the policy that the server sends, allows no worker");
      if (own === this.#worker) this.#end(new Error(why));
    };
    // WebKit may have no shared memory on a page that is isolated
    const isShared = globalThis.crossOriginIsolated && "SharedArrayBuffer" in globalThis;
    this.#interrupt = isShared ? new Uint8Array(new SharedArrayBuffer(1)) : null;
    return this.#ask("start", { runtime, bytes, interrupt: this.#interrupt, language, words }).then(async () => {
      URL.revokeObjectURL(text);
      if (!(await this.#replay())) return this.start(); // once more, without what broke this one
      started.ready = true;
      say(READY);
    });
  }

  /** Run again what ran in the Python before, but not a cell at which this one breaks. */
  async #replay() {
    for (const [key, code] of [...this.done]) {
      this.done.delete(key);
      try {
        const { error } = await this.#ask("run", code, told("an earlier cell"));
        if (!error) this.done.set(key, code);
      } catch (error) {
        this.options.leftOut(key);
        if (error instanceof Stopped) throw error;
        return false;
      }
    }
    return true;
  }

  /** @param {string} call @param {any[]} args @returns {Promise<any>} */
  #ask(call, ...args) {
    return new Promise((resolve, reject) => {
      const id = ++this.#ids;
      this.#waiting.set(id, { resolve, reject });
      this.#worker?.postMessage({ id, call, args });
    });
  }

  /** @param {any} answer @param {(state: string, loaded?: number, total?: number) => void} say */
  #hear({ state, loaded, total, id, value, failure }, say) {
    if (state) return say(state, loaded, total);
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (failure === undefined) return waiting?.resolve(value);
    const late = failure === "KeyboardInterrupt"; // a Stop that came between two cells
    const reason = failure === BROKEN ? new Broken() : late ? new Stopped() : new Error(failure);
    waiting?.reject(reason);
    this.#end(reason); // a failed start, or a Python that is gone or broken: the next run starts anew
  }
}
