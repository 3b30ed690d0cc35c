// What `tools/site/web.py` fills in when it bundles the scripts.

/** The text of worker.js. */
declare const WORKER: string;
/** The name of the folder with the browser's Python. */
declare const RUNTIME: string;
/** What travels before Python is ready, in bytes: archives, and the compiled file as gzip. */
type Sizes = { archives: number, compiled: number };
declare const BYTES: Sizes;
