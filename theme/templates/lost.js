// For an address at which there is no page: the nearest folder above it in which the course begins.
// It stands in the page itself, which cannot know where another file would be.
(async () => {
  for (let at = location.pathname.replace(/[^/]*$/, ""); at; at = at.replace(/[^/]*\/$/, "")) {
    const found = await fetch(`${at}_static/tasks.json`, { method: "HEAD" }).catch(() => null);
    if (!found?.ok) continue;
    document.head.append(Object.assign(document.createElement("base"), { href: at }));
    for (const name of ["colours", "course"]) {
      const style = { rel: "stylesheet", href: `_static/${name}.css` };
      document.head.append(Object.assign(document.createElement("link"), style));
    }
    return;
  }
})();
