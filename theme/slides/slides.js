// Slides: the page is a handout as it stands, and becomes a deck on a screen that is wide enough.
// With `?print` it stays a handout. A second window, opened with S, shows the same slide with its
// notes and follows the first one, explorers included, and the first one follows it.
import Reveal from "reveal.js";

const root = document.documentElement;
const asked = new URLSearchParams(location.search);
/** What every deck's page has. @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (document.querySelector(name));

/** Make the page a deck. */
async function start() {
  root.classList.add("deck");
  // The deck prints a slide a page as it stands; reveal.js would lay it out anew for this address.
  if (asked.has("print-pdf")) history.replaceState(null, "", location.pathname + location.hash);
  let notes = asked.has("notes");
  const showNotes = () => {
    deck.configure({ showNotes: (notes = !notes) });
    deck.layout(); // the slide makes room for them
  };
  const openSpeaker = () => open(`?notes${location.hash}`, "notes", "popup,width=1280,height=720");
  const deck = new Reveal(part(".reveal"), {
    width: 1280,
    height: 720,
    margin: 0,
    center: false,
    display: "flex",
    hash: true,
    overview: false,
    help: false,
    jumpToSlide: false,
    scrollActivationWidth: 0,
    slideNumber: "c/t",
    showNotes: notes,
    transition: "none",
    // a slider and a list need the keys for themselves
    keyboardCondition: () => !document.activeElement?.matches("input, select"),
    keyboard: { 78: showNotes, 83: openSpeaker },
  });
  await deck.initialize();
  part(".bar .keys [data-do=notes]").addEventListener("click", showNotes);
  part(".bar .keys [data-do=speaker]").addEventListener("click", openSpeaker);
  follow(deck);
}

/** Keep two windows of the same deck at the same place. @param {import("reveal.js").RevealApi} deck */
function follow(deck) {
  const channel = new BroadcastChannel(`slides:${location.pathname}`);
  /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */
  const found = document.querySelectorAll(".course-explorer :is(input, select)");
  const controls = [...found];
  let place = "";
  const tell = () => {
    const { h, f } = deck.getIndices();
    if (place !== (place = `${h} ${f}`)) channel.postMessage({ h, f });
  };
  for (const change of ["slidechanged", "fragmentshown", "fragmenthidden"]) deck.on(change, tell);
  document.addEventListener("input", ({ target, isTrusted }) => {
    const control = controls.findIndex((one) => one === target);
    if (isTrusted && control >= 0) channel.postMessage({ control, value: controls[control].value });
  });
  channel.addEventListener("message", ({ data }) => {
    if ("h" in data) {
      place = `${data.h} ${data.f}`;
      deck.slide(data.h, 0, data.f);
    } else {
      controls[data.control].value = data.value;
      controls[data.control].dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}

if (!asked.has("print") && matchMedia("(min-width: 48rem)").matches) start();
