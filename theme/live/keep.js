// "Read without a network": on one press the browser keeps every page and Python. The worker that
// fetches and serves them is keeper.js; here it is asked for, watched, and sent away.
import { told } from "../static/words.js";
import { button, make, mega } from "./dom.js";
import { home, OWN } from "./home.js";

const EVERY = 2_000; // milliseconds between two looks at what has come
const SCOPE = new URL(home, location.href).href;

/** The own worker, if this browser has it and may have one. */
async function registered() {
  const found = await navigator.serviceWorker?.getRegistration(home);
  return found?.scope === SCOPE ? found : undefined;
}

/** Send the worker away with all that it keeps. */
export async function forget() {
  await (await registered())?.unregister();
  const names = (await globalThis.caches?.keys()) ?? [];
  await Promise.all(names.filter((name) => name.startsWith(OWN)).map((name) => caches.delete(name)));
}

/** Paths of the files that have come. @returns {Promise<string[]>} */
async function come() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OWN));
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map(({ url }) => new URL(url).pathname.slice(home.length));
}

/** Offer it where a browser can: on https and on this machine. */
export async function offer() {
  const place = document.getElementById("keep");
  if (!place || !navigator.serviceWorker) return;
  /** Bytes on the way, by file. @type {Record<string, number>} */
  const sizes = await (await fetch(`${home}_static/kept.json`)).json();
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  const says = make("p", "keep-says", "", { role: "status" });
  const bar = make("div", "live-bar");
  const ask = button(told("Keep the course in this browser ({size} MB)", { size: mega(total) }), async () => {
    ask.hidden = true;
    says.textContent = await fetchAll().then(() => "", () => told("Not all has come. What has come is kept: press again to go on."));
    await show();
  });
  const remove = button(told("Remove it from this browser"), async () => {
    await forget();
    says.textContent = told("Removed.");
    await show();
  });
  bar.append(ask, remove);
  place.replaceChildren(bar, says);
  await show();

  async function show() {
    const own = await registered();
    own?.addEventListener("updatefound", () => own.installing?.addEventListener("statechange", show), { once: true });
    ask.hidden = Boolean(own?.active);
    remove.hidden = !own;
    if (own?.waiting) says.textContent = told("A newer version of the course has come. Close all its pages: the next one you open is new.");
    else if (own?.active) says.textContent = told("The course is in this browser: its pages and Python open without a network.");
  }

  /** A browser gives the worker some minutes at a time, which is too little on a slow line. */
  async function fetchAll() {
    navigator.storage?.persist?.().catch(() => {}); // some browsers ask first: nobody waits for it
    for (let before = -1, now = 0; now > before; [before, now] = [now, (await come()).length]) {
      const own = await navigator.serviceWorker.register(`${home}keeper.js`, { scope: home });
      const worker = own.installing ?? own.waiting ?? own.active;
      while (worker?.state === "installing") {
        const loaded = (await come()).reduce((sum, path) => sum + (sizes[path] ?? 0), 0);
        says.textContent = told("{loaded} of {total} MB. You may read on, in this window or another.", { loaded: mega(loaded), total: mega(total) });
        await new Promise((later) => setTimeout(later, EVERY));
      }
      if (worker?.state !== "redundant") return void (await navigator.serviceWorker.ready);
    }
    throw new Error("no file has come");
  }
}
