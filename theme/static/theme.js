// Sets light or dark before the page is drawn, as it was chosen or as the system has it.
document.documentElement.dataset.theme = (() => {
  try {
    const chosen = localStorage.getItem("course:theme");
    if (chosen) return chosen;
  } catch { /* storage is closed: follow the system */ }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
})();
