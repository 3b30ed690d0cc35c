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
  if (job.codes) {
    seen.printed = [];
    for (const [name, code] of Object.entries(job.codes)) seen.printed.push(await printed(name, code));
    await new Promise((later) => setTimeout(later, 2_000));
  } else await solve();

  /** Run a code that prints its name. Firefox now and then waits for ever for a worker that a worker
   * makes (nine in a row: one run of five); then the page is loaded anew and the code tried again. */
  async function printed(name, code) {
    for (let tries = 1; ; tries++) {
      await type("0");
      await press("Run");
      await says(/^Done\.$/); // Python has started, however long it takes
      await type(code);
      await press("Run");
      try {
        return await shows(".live-output", RegExp(`^${name} .*`), 10_000);
      } catch (error) {
        if (tries === 5) throw error;
        await page.reload();
      }
    }
  }

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

  function says(pattern) {
    return shows(".live-says", pattern);
  }

  async function shows(part, pattern, wait = 180_000) {
    let text;
    for (const end = Date.now() + wait; Date.now() < end; ) {
      text = await inCell((cell, part) => cell.querySelector(part).textContent, part);
      if (pattern.test(text)) return text;
      await new Promise((later) => setTimeout(later, 50));
    }
    throw new Error(`${job.name}: ${part} was not ${pattern} within ${wait / 1000} s, but “${text}”; ${seen.faults.join("; ")}`);
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));
