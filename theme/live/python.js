// The page's side of the Python worker: starts it, asks it, stops it, and starts it anew.

import { GONE } from "./gone.js";

/** Raised in whoever waits for Python when the student stops it. */
export class Stopped extends Error {}

export class Python {
  /** Cells that ran without an error, with the text they ran with. @type {Map<object, string>} */
  done = new Map();
  #worker;
  #started;
  #waiting = new Map();
  #ids = 0;
  #interrupt;

  /**
   * @param {{worker: URL, runtime: string, packages: string[], say: (state: string) => void}} options
   */
  constructor(options) {
    this.options = options;
  }

  /** Start Python unless it is started; resolves when it is ready. */
  start() {
    this.#started ??= this.#boot();
    return this.#started;
  }

  /** Fetch what some cells import, so that they run without the network later. */
  async prepare(codes) {
    await this.start();
    await this.#ask("prepare", codes);
  }

  /** Positions of the cells above that must run before `code`. */
  async needed(code, above) {
    await this.start();
    return this.#ask("needed", code, above);
  }

  /** Run a cell; `key` is the object that `done` remembers it by, null for none. */
  async run(key, code, name) {
    await this.start();
    if (this.#interrupt) this.#interrupt[0] = 0; // a Stop that came too late for the cell before
    this.done.delete(key);
    const result = await this.#ask("run", code, name);
    if (key && !result.error) this.done.set(key, code);
    return result;
  }

  /** Stop what runs. Everybody who waits gets `Stopped`, at once or from Python. */
  stop() {
    if (!this.#waiting.size) return;
    if (this.#interrupt && this.#started?.ready) {
      this.#interrupt[0] = 2; // SIGINT: Python stops by itself and keeps its state ...
      const stuck = [...this.#waiting.keys()];
      setTimeout(() => stuck.some((id) => this.#waiting.has(id)) && this.#restart(new Stopped()), 1000);
    } else {
      this.#restart(new Stopped()); // ... or the worker goes, and the cells that ran run again
    }
  }

  #restart(reason) {
    this.#worker?.terminate();
    this.#worker = this.#started = undefined;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    if (reason instanceof Stopped) this.start().catch(() => {});
  }

  #boot() {
    const { worker, runtime, packages, say } = this.options;
    const own = new Worker(worker, { type: "module" });
    this.#worker = own;
    own.onmessage = ({ data }) => own === this.#worker && this.#hear(data, say);
    own.onerror = (event) => {
      event.preventDefault();
      this.#restart(new Error(event.message || GONE));
    };
    this.#interrupt = globalThis.crossOriginIsolated ? new Uint8Array(new SharedArrayBuffer(1)) : null;
    const again = [...this.done];
    this.done.clear();
    const started = this.#ask("start", { runtime, packages, interrupt: this.#interrupt }).then(async () => {
      for (const [key, code] of again) {
        const { error } = await this.#ask("run", code, "an earlier cell");
        if (!error) this.done.set(key, code);
      }
      started.ready = true;
      say("Ready");
    });
    return started;
  }

  #ask(call, ...args) {
    return new Promise((resolve, reject) => {
      const id = ++this.#ids;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, call, args });
    });
  }

  #hear({ state, id, value, failure }, say) {
    if (state) return say(state);
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (failure === undefined) waiting?.resolve(value);
    else {
      waiting?.reject(new Error(failure));
      this.#restart(new Error(failure)); // a failed start or a dead Python: the next run starts anew
    }
  }
}
