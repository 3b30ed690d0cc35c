// The page around the text: theme, contents on a small screen, boxes that scroll by keyboard, and
// the place where a reader stopped.
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

/** Do something with the browser's storage, or nothing where it is closed. */
function stored(action) {
  try {
    return action(localStorage);
  } catch {
    return undefined;
  }
}

// Theme: the system's, until a reader chooses the other one.
const theme = document.querySelector("button.theme");

function setTheme(name) {
  root.dataset.theme = name;
  theme.textContent = name === "dark" ? "Light" : "Dark";
  theme.setAttribute("aria-label", `Use the ${theme.textContent.toLowerCase()} theme`);
}

const systems = () => (system.matches ? "dark" : "light");
theme.addEventListener("click", () => {
  setTheme(root.dataset.theme === "dark" ? "light" : "dark");
  if (root.dataset.theme === systems()) stored((storage) => storage.removeItem("course:theme"));
  else stored((storage) => storage.setItem("course:theme", root.dataset.theme));
});
system.addEventListener("change", () => stored((storage) => storage.getItem("course:theme")) ?? setTheme(systems()));
setTheme(root.dataset.theme);

// Contents on a small screen.
const menu = document.querySelector("button.menu");

function open(yes) {
  menu.setAttribute("aria-expanded", yes);
  document.body.classList.toggle("contents-open", yes);
}

const isOpen = () => menu.getAttribute("aria-expanded") === "true";
menu.addEventListener("click", () => open(!isOpen()));
document.querySelector("nav.contents").addEventListener("click", ({ target }) => target.closest("a") && open(false));
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !isOpen()) return;
  open(false);
  menu.focus();
});

// What is wider than the text scrolls in its own box, which a key must reach.
function reachable(box) {
  if (box.scrollWidth > box.clientWidth) {
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", `${box.matches("pre") ? "Code" : "Table"}, scrolls sideways`);
  } else {
    for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
  }
}

const watched = new ResizeObserver((entries) => entries.forEach(({ target }) => reachable(target)));
for (const box of document.querySelectorAll("article pre, article .scroll")) watched.observe(box);

// Where a reader stopped: kept on lessons and exercises, offered on the first page.
const LAST = "course:last-page";
const page = { path: location.pathname, title: document.querySelector("h1")?.firstChild?.textContent };
if (/\/(notebooks|exercises)\//.test(page.path)) stored((storage) => storage.setItem(LAST, JSON.stringify(page)));
const start = document.querySelector("article .start");
const last = start && stored((storage) => JSON.parse(storage.getItem(LAST)));
if (last?.path && last.title) {
  const link = document.createElement("a");
  link.href = last.path;
  link.textContent = `Go on: ${last.title}`;
  start.prepend(link);
}
