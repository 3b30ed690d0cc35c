// The files of Python: some are fetched while it starts, any other when Python first reads it. To
// Python each one is there, with its size, from the beginning. Pages, JupyterLite and the tests in
// Node start Python through this.
//
// files.json lists the archives, and in each its files, in order. An archive is their contents one
// after the other, compressed with Zstandard when the site is built: so it is as small from every
// server, and the same bytes. What changes with the course, the toolkit and its tables, lies in a
// folder of its own, so that a reader who comes back after a change fetches that alone.
import { ZSTDDecoder } from "zstddec";
import { damaged } from "./trouble.js";

/** Archives that Python needs before it can start. */
const FIRST = ["python"];
/** Archives until pandas is there. */
export const PANDAS = ["numpy", "pandas", "course"];

/** The archive of what Python says in another language, but for the language. */
export const WORDS = "words-";

/** Where Python's own modules lie; tools/runtime/archives.py names the same. */
const MODULES = "/lib/python314";
/** Whether an archive lies in the course's own folder. @param {string} name */
const isOwn = (name) => name === "course" || name === "about-course" || name.startsWith(WORDS);
/** The folder that does not change with the course, from the one that does. @param {string} own */
export const shared = (own) => own.replace(/-\w+\/$/, "/");
/** Address of an archive. @param {string} own @param {string} name */
export const addressOf = (own, name) => `${isOwn(name) ? own : shared(own)}${name}.zst`;
/** Archives with what packages say of themselves: Pyodide would read all of it before it starts. */
const ABOUT = "about";

const FILE = 0o100444;
const IO_ERROR = 29; // of which Python makes an OSError

/**
 * A file as Python's file system keeps it.
 * @typedef {{usedBytes: number, contents: Uint8Array}} Node
 * @typedef {{raw: number, files: [string, (string | number)[]][], nodes: Node[], came?: Promise<void>}} Archive
 * @typedef {(address: string) => Promise<Response>} Get
 * @typedef {(address: string) => Uint8Array} GetNow
 */

const decoder = new ZSTDDecoder();

/** Prepare the decoder. It asks for its program by an address of data, which the page's policy refuses. */
function readyToDecode() {
  const get = globalThis.fetch;
  globalThis.fetch = async (address) => {
    const program = atob(String(address).split(",")[1]);
    return new Response(Uint8Array.from(program, (letter) => letter.charCodeAt(0)));
  };
  try {
    return decoder.init();
  } finally {
    globalThis.fetch = get;
  }
}

/** Fetch a file while Python waits for it. @type {GetNow} */
function fetchNow(address) {
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${address}: ${request.status}`);
  return new Uint8Array(request.response);
}

export class Library {
  /** @type {Map<string, Archive>} */
  #archives = new Map();
  /** @type {Map<string, Promise<Uint8Array>>} archives that are on their way before their list is there */
  #early = new Map();
  #own;
  #get;
  #getNow;

  /**
   * @param {string} own  absolute address of the course's folder, with a slash at its end
   * @param {{get?: Get, getNow?: GetNow}} ways
   */
  constructor(own, { get = (address) => fetch(address), getNow = fetchNow } = {}) {
    this.#own = own;
    this.#get = get;
    this.#getNow = getNow;
  }

  /**
   * Start Python.
   * @param {string[]} wanted  archives that are fetched meanwhile
   * @param {{env?: object}} options  further options of loadPyodide
   * @param {string[]} first  archives without which it does not start
   */
  async start(wanted, options = {}, first = FIRST) {
    const here = shared(this.#own);
    const script = import(`${here}pyodide.mjs`);
    for (const name of [...first, ...wanted]) this.#early.set(name, this.#bytes(name));
    const listed = this.#get(`${this.#own}files.json`).then((answer) => answer.json());
    for (const promise of [script, listed, ...this.#early.values()]) promise.catch(() => {}); // awaited below
    const [{ loadPyodide }, { info, archives }] = await Promise.all([script, listed, readyToDecode()]);
    for (const name in archives) this.#archives.set(name, { ...archives[name], nodes: [] });
    const python = await loadPyodide({
      ...options,
      env: { ...options.env, PYTHONPATH: MODULES },
      packages: [],
      indexURL: here,
      stdLibURL: `${here}python_stdlib.zip`,
      lockFileContents: { info, packages: {} },
      packageBaseUrl: here,
      fsInit: async (/** @type {any} */ FS) => {
        this.#mount(FS, (name) => !name.startsWith(ABOUT));
        await this.fetch(first);
      },
    });
    this.#mount(python.FS, (name) => name.startsWith(ABOUT));
    await this.fetch(wanted);
    return python;
  }

  /** Fetch archives, all at once, so that nobody waits when Python reads them. @param {string[]} names */
  fetch(names) {
    return Promise.all(names.map((name) => {
      const archive = /** @type {Archive} */ (this.#archives.get(name));
      archive.came ??= (this.#early.get(name) ?? this.#bytes(name)).then(
        (bytes) => this.#fill(name, bytes),
        (error) => {
          archive.came = undefined;
          throw error;
        },
      );
      this.#early.delete(name);
      return archive.came;
    }));
  }

  #address = (/** @type {string} */ name) => addressOf(this.#own, name);

  /** @param {string} name */
  async #bytes(name) {
    const answer = await this.#get(this.#address(name));
    if (!answer.ok) throw new Error(`${name}.zst: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** Show Python every file of some archives. @param {any} FS @param {(name: string) => boolean} chosen */
  #mount(FS, chosen) {
    for (const [name, archive] of this.#archives) {
      if (!chosen(name)) continue;
      for (const [folder, list] of archive.files) {
        FS.mkdirTree(folder);
        const { node: parent } = FS.lookupPath(folder);
        for (let at = 0; at < list.length; at += 2) {
          const node = parent.node_ops.mknod(parent, list[at], FILE, 0);
          node.usedBytes = list[at + 1];
          archive.nodes.push(node);
          Object.defineProperty(node, "contents", {
            configurable: true,
            get: () => this.#read(name, node, FS),
            set: (value) => become(node, value),
          });
        }
      }
    }
  }

  /** Python reads a file whose archive has not come. @param {string} name @param {Node} node @param {any} FS */
  #read(name, node, FS) {
    try {
      this.#fill(name, this.#getNow(this.#address(name)));
    } catch (error) {
      console.warn(error);
      throw new FS.ErrnoError(IO_ERROR);
    }
    return node.contents;
  }

  /** Give its files their contents. @param {string} name @param {Uint8Array} bytes */
  #fill(name, bytes) {
    const archive = /** @type {Archive} */ (this.#archives.get(name));
    const all = decoder.decode(bytes, archive.raw);
    if (all.length !== archive.raw) {
      throw new Error(damaged(`${name}.zst`));
    }
    let at = 0;
    for (const node of archive.nodes) become(node, all.subarray(at, (at += node.usedBytes)));
    archive.nodes = [];
    archive.came ??= Promise.resolve();
  }
}

/** @param {Node} node @param {Uint8Array} value */
function become(node, value) {
  Object.defineProperty(node, "contents", { configurable: true, enumerable: true, writable: true, value });
}
