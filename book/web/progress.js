// The page "Your progress": what is done, tried and open, and the work as one file.
import { make } from "./output.js";
import * as store from "./store.js";

const root = document.documentElement.dataset.content_root || "./";
const place = document.getElementById("progress");
const WORDS = { done: "Done", tried: "Tried", open: "Open" };
let tasks = [];

function standing(task, entries) {
  const entry = entries.get(task.id);
  const status = entry?.status ?? "open";
  const changed = entry && status !== "open" && (entry.solved ?? entry.version) !== String(task.version);
  return { status, changed };
}

function draw() {
  const entries = store.all();
  const lessons = new Map();
  for (const task of tasks) lessons.set(task.slug, [...(lessons.get(task.slug) ?? []), task]);
  const counts = { done: 0, tried: 0, open: 0 };
  const sections = [];
  for (const [slug, own] of lessons) {
    const list = make("ul", "progress-list");
    for (const task of own) {
      const { status, changed } = standing(task, entries);
      counts[status] += 1;
      const item = make("li", "", "", { "data-status": status });
      item.append(
        make("a", "", `${task.id} ${task.title}`, { href: `${root}exercises/${slug}.html#${anchor(task)}` }),
        make("span", "progress-status", WORDS[status] + (changed ? ", and the task has changed since" : "")),
      );
      if (!task.core) item.append(make("span", "progress-further", "Go further"));
      list.append(item);
    }
    sections.push(make("h2", "", `Lesson ${own[0].lesson}`), list);
  }
  const total = make("p", "progress-total", `${counts.done} of ${tasks.length} tasks done, ${counts.tried} tried, ${counts.open} open.`);
  place.querySelector(".progress-tasks").replaceChildren(total, ...sections);
}

const anchor = ({ id }) => `task-${id.replace(".", "-")}`;

function tools() {
  const bar = make("div", "live-bar");
  const says = make("p", "progress-says", "", { role: "status" });
  const button = (label, action) => {
    const made = make("button", "live-button", label, { type: "button" });
    made.addEventListener("click", action);
    bar.append(made);
  };
  const chooser = make("input", "", "", { type: "file", accept: ".json,application/json", hidden: "" });
  chooser.setAttribute("aria-label", "File of saved work");
  chooser.addEventListener("change", async () => {
    says.textContent = await take(chooser.files[0]);
    chooser.value = "";
    draw();
  });
  button("Save my work to a file", store.download);
  button("Load work from a file", () => chooser.click());
  button("Shared computer: erase my work", async () => {
    if (!confirm("Erase everything that this course keeps in this browser? Save it to a file first if you want it back.")) return;
    says.textContent = await store.erase().then(
      () => "Erased. Nothing of your work is left in this browser.",
      () => "This browser does not allow the page to erase its storage; clear this site's data in the browser's settings.",
    );
    draw();
  });
  return [bar, chooser, says];
}

async function take(file) {
  try {
    const { count, kept } = await store.upload(file);
    return `${count} ${count === 1 ? "text" : "texts"} loaded.` + (kept ? "" : " This browser cannot keep them: save them again before you leave.");
  } catch (error) {
    return `Nothing was loaded: ${error.message}.`;
  }
}

if (place) {
  place.replaceChildren(...tools(), make("div", "progress-tasks"));
  const index = await fetch(`${root}_static/tasks.json`).then((answer) => answer.json()).catch(() => null);
  tasks = index ?? [];
  if (index) draw();
  else place.append(make("p", "", "The list of tasks could not be loaded. Your work is still here and can be saved."));
  store.watch(draw);
}
