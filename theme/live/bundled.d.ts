// What `tools/site/web.py` fills in when it bundles the scripts.

/** The text of worker.js. */
declare const WORKER: string;
/** Address and sha256, in base 64, of each file that keeper.js keeps; tools/site/keeping.py fills it in. */
declare const FILES: [string, string][];
/** The name of the folder with the browser's Python. */
declare const RUNTIME: string;
/** What travels before Python is ready, in bytes: archives, and the compiled file as gzip. */
type Sizes = { archives: number, compiled: number };
declare const BYTES: Sizes;
