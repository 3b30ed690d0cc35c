// Marks in the contents beside an exercise: which of its tasks are done, and how many.
import { told } from "../static/words.js";
import { make } from "./dom.js";

/** @param {import("./cell.js").Cell[]} cells  a page's, live */
export function mark(cells) {
  const answers = cells.filter(({ counts }) => counts);
  if (!answers.length) return;
  const links = [...document.querySelectorAll("nav.contents .sections a")];
  const whole = document.querySelector("nav.contents [aria-current]");
  const count = whole?.appendChild(make("span", "contents-count"));
  function draw() {
    for (const { id, status } of answers) {
      const link = links.find(({ textContent }) => textContent?.trim().startsWith(`${id} `));
      if (link && status === "done" && !link.querySelector(".contents-done")) {
        const sign = make("span", "contents-done", " ✓");
        sign.setAttribute("role", "img");
        sign.setAttribute("aria-label", told("done"));
        link.append(sign);
      }
    }
    const done = answers.filter(({ status }) => status === "done").length;
    const far = told("{done} of {all}", { done, all: answers.length });
    if (count) count.textContent = ` ${far}`;
  }
  for (const { mark: place } of answers) new MutationObserver(draw).observe(place, { childList: true, attributes: true });
  draw();
}
