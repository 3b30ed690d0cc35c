// Before the page is drawn: its theme, so that a dark page does not flash white, and what is said
// when the page cannot work as it came. A plain script, so that it runs also where modules do not.
const page = document.documentElement;
page.dataset.theme = (() => {
  try {
    const own = `course:${new URL(page.dataset.home ?? "./", document.baseURI).pathname}:theme`;
    const chosen = localStorage.getItem(own) ?? localStorage.getItem("course:theme"); // the old name
    if (chosen) return chosen;
  } catch { /* storage is closed: follow the system */ }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
})();

let warned = false;

/** Say something at the head of the page; what is said first stays. @param {string} words */
function warn(words) {
  if (warned) return; // one sentence is enough, and the first names the cause
  warned = true;
  const say = () => {
    const line = document.createElement("p");
    line.className = "trouble";
    line.setAttribute("role", "alert");
    line.textContent = words;
    document.querySelector(".missing")?.remove(); // it says less
    document.querySelector("main")?.prepend(line);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", say);
  else say();
}

if (location.protocol === "file:") {
  warn("This page was opened as a file, and a browser lets a file run nothing: the text reads, the cells do not. Open the course with its start file (start-windows.bat, start-macos.command or start-linux.sh), or, in the course's folder, with: python3 -m http.server");
}

// A frame without an origin of its own gets neither scripts nor storage.
if (origin === "null" && location.protocol !== "file:") {
  warn("The page around this one gives it no storage and lets it run nothing: its frame needs sandbox=\"allow-scripts allow-same-origin\", or no sandbox. Ask the one who runs that page, or open the course in a tab of its own.");
}

// A script or a style that did not come: which, why, and what to ask for.
addEventListener("error", async ({ target }) => {
  const address = target instanceof HTMLScriptElement ? target.src : target instanceof HTMLLinkElement && target.href;
  if (!address || location.protocol === "file:") return;
  const name = address.split("?")[0].split("/").pop() ?? "";
  const kind = name.split(".").pop();
  const ask = `ask the one who looks after this network to allow files that end in .${kind} from ${location.host}`;
  let why = `${name} could not be fetched: the network broke off, or a filter in it refuses the file. Reload the page; if it stays so, ${ask}.`;
  try {
    const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(8_000) });
    const type = answer.headers.get("Content-Type") || "a file without a type";
    if (answer.status === 404) why = `${name} is not there. If the course was updated, reload the page; else tell the one who runs this site.`;
    else if (answer.status >= 500) why = `the server failed to send ${name} (${answer.status}). Try again in a minute.`;
    else if (answer.status >= 400) why = `the server, or a filter in the network, refuses ${name} (${answer.status}): ${ask}.`;
    else if (/html/.test(type)) why = `in the place of ${name} came a page, as filters and login pages send it: log in to the network, or ${ask}.`;
    else why = `the server sends ${name} as ${type}: ask the one who runs this site to send .${kind} as text/${kind === "css" ? "css" : "javascript"}.`;
  } catch { /* the first words stand */ }
  warn(`A part of this page did not come, and its buttons may be missing: ${why} The text reads as it is.`);
}, true);
