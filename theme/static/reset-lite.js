// Throws away the copy of a notebook that JupyterLite has saved, after asking, so that the
// course's original opens next time. A page offers it with
//   <button type="button" data-reset-lite="notebooks/04-slug.ipynb" hidden>Start anew</button>
// The button shows only while there is a copy.
import { answer, resets, withStorage } from "./lite-storage.js";
import { told } from "./words.js";

const LITE = new URL("../lite/", import.meta.url);
const QUESTION = told("Delete your copy of this notebook, with all you wrote in it? The course's original opens next time. This cannot be undone.");

/** @param {HTMLButtonElement} button */
async function offer(button) {
  const { resetLite: path = "" } = button.dataset;
  const copies = await withStorage(LITE, (files) => answer(files.count(path)));
  button.hidden = !copies;
}

/** @param {HTMLButtonElement} button */
async function reset(button) {
  if (!confirm(QUESTION)) return;
  const { resetLite: path = "" } = button.dataset;
  await withStorage(LITE, (files, checkpoints) =>
    Promise.all([answer(files.delete(path)), answer(checkpoints.delete(path))]),
  );
  resets.postMessage(path);
  await offer(button);
  said(button).textContent = told("Done. The course's original opens next time.");
}

/** The element after the button that tells what has happened. @param {HTMLButtonElement} button */
function said(button) {
  const next = button.nextElementSibling;
  if (next?.matches("[role=status]")) return next;
  const made = document.createElement("span");
  made.setAttribute("role", "status");
  button.after(made);
  return made;
}

/** @type {NodeListOf<HTMLButtonElement>} */
const buttons = document.querySelectorAll("button[data-reset-lite]");
for (const button of buttons) {
  said(button);
  button.addEventListener("click", () => reset(button));
}
// Also when a student comes back from JupyterLite.
for (const event of ["pageshow", "focus"]) addEventListener(event, () => buttons.forEach(offer));
buttons.forEach(offer);
