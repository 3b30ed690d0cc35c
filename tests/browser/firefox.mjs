// Solve one task in Firefox, or only run some code in its cell: node firefox.mjs JOB, where JOB is
// JSON; prints what was seen as JSON.
import { createRequire } from "node:module";

const job = JSON.parse(process.argv[2]);
const puppeteer = createRequire(`${job.modules}/`)("puppeteer-core").default;
const seen = { faults: [], hosts: [] };

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: job.firefox,
  headless: true,
  // course.test is this machine, and Firefox talks to nobody else
  extraPrefsFirefox: { "network.dns.localDomains": "course.test", "app.normandy.enabled": false },
});
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => seen.faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && seen.faults.push(message.text()));
  page.on("request", (request) => seen.hosts.push(new URL(request.url()).hostname || "localhost")); // data:
  await page.goto(job.url);
  if (job.code) {
    await type(job.code);
    await press("Run");
    seen.says = await says(/^(Done|Error)/);
    await new Promise((later) => setTimeout(later, 2_000));
  } else await solve();

  async function solve() {
    seen.untouched = await check();
    seen.wrong = await check(job.wrong);
    seen.right = await check(job.right);
    await stay();
    seen.mark = await inCell((cell) => cell.querySelector(".live-mark").textContent);
  }

  /** Load the page again, with its text; stop what runs, and the text stays. */
  async function stay() {
    await page.reload();
    await editor();
    seen.reloaded = await inCell((cell) => [...cell.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"));
    await type("while True:\n    pass");
    await press("Run");
    await says(/^Running…$/);
    await new Promise((later) => setTimeout(later, 500));
    await press("Stop");
    seen.stopped = await says(/^Stopped\./);
  }

  /** Call a function with the cell's element, in the page. */
  function inCell(action, ...args) {
    const cell = `document.querySelector('[aria-label="${job.name}"]').closest(".cell")`;
    return page.evaluate(`(${action})(${cell}, ...${JSON.stringify(args)})`); // as a text: the policy lets the page build no function
  }

  async function editor() {
    await inCell((cell) => cell.scrollIntoView());
    const found = await page.waitForSelector(`[aria-label^="${job.name}. Shift+Enter"]`);
    await found.focus();
  }

  async function type(text) {
    await editor();
    await page.keyboard.down("Control");
    await page.keyboard.press("a");
    await page.keyboard.up("Control");
    await inCell((cell, text) => document.execCommand("insertText", false, text), text);
  }

  async function check(text) {
    if (text) await type(text);
    else await editor();
    await press("Check");
    await says(/^(Done|Error)/);
    return inCell((cell) => cell.querySelector(".live-verdict").textContent);
  }

  function press(label) {
    return inCell((cell, label) => [...cell.querySelectorAll("button")].find((button) => button.textContent === label).click(), label);
  }

  async function says(pattern) {
    for (const end = Date.now() + 60_000; Date.now() < end; ) {
      const words = await inCell((cell) => cell.querySelector(".live-says").textContent);
      if (pattern.test(words)) return words;
      await new Promise((later) => setTimeout(later, 50));
    }
    throw new Error(`${job.name} did not say ${pattern} within a minute`);
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));
