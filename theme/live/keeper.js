// The service worker that gives pages and Python without a network, for a reader who has asked for
// it (keep.js). It holds whole versions of the course and serves one: a newer one is fetched beside
// it, and takes its place when no page of the course is open.
import { setCacheNameDetails } from "workbox-core";
import { addPlugins, precacheAndRoute } from "workbox-precaching";

/** Address and sha256 of every file; tools/site/keeping.py writes it. @type {[string, string][]} */
const files = FILES;
const { registration } = /** @type {any} */ (globalThis);

// other courses of the host keep theirs beside it, and "erase my work" knows it by its name
setCacheNameDetails({ prefix: `course:${new URL(registration.scope).pathname}:`, suffix: "" });
// nothing is kept later: what a reader has erased stays so, though a page may still be open
addPlugins([{ cacheWillUpdate: async ({ event, response }) => (event.type === "install" && response.ok ? response : null) }]);
precacheAndRoute(
  files.map(([url, digest]) => ({
    url,
    // the runtime's folder carries its version: what the browser has of it is not fetched again
    revision: url.startsWith("runtime/") ? null : digest,
    integrity: `sha256-${digest}`,
  })),
  { cleanURLs: false, ignoreURLParametersMatching: [/./] },
);
