// What `tools/site/web.py` fills in when it bundles the scripts.

/** The text of worker.js. */
declare const WORKER: string;
/** The name of the folder with the browser's Python. */
declare const RUNTIME: string;
/** The bytes of what is fetched before Python is ready. */
declare const BYTES: number;
