document.documentElement.dataset.theme = (() => {
  try {
    const chosen = localStorage.getItem("course:theme");
    if (chosen) return chosen;
  } catch { /* storage is closed: follow the system */ }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
})();
