"""What axe-core finds on a page."""

from playwright.sync_api import Page

from tools.site import web

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REST = {"runOnly": TAGS, "rules": {"color-contrast": {"enabled": False}}}
COLOURS = {"runOnly": ["color-contrast"]}

# Contrast costs axe more than all the rest, and it is the same for texts of one colour and size
# on one ground. So one text stands for all those that have everything in common that counts.
DISTINCT = """() => {
  const BEHIND = ["backgroundColor", "backgroundImage", "opacity", "position", "filter"];
  const grounds = new Map([[null, ""]]);
  const ground = (node) => {
    if (!grounds.has(node)) {
      const style = getComputedStyle(node);
      const own = BEHIND.map((name) => style[name]).join();
      const adds = own !== "rgba(0, 0, 0, 0),none,1,static,none";
      grounds.set(node, (adds ? `${own}/` : "") + ground(node.parentElement));
    }
    return grounds.get(node);
  };
  const found = new Map();
  for (const node of document.querySelectorAll("body *")) {
    const says = [...node.childNodes].some((one) => one.nodeName === "#text" && one.data.trim());
    if (says && node.checkVisibility({ visibilityProperty: true })) {
      const { color, fontSize, fontWeight } = getComputedStyle(node);
      const key = [color, fontSize, fontWeight, ground(node)].join();
      if (!found.has(key)) found.set(key, node);
    }
  }
  return [...found.values()];
}"""


def axe(page: Page) -> list[str]:
    """Return the accessibility faults of a page, each with the element that has it."""
    return _run(page, "() => document", REST) + pale(page)


def pale(page: Page) -> list[str]:
    """Return the texts of a page that stand out too little from their ground."""
    return _run(page, DISTINCT, COLOURS)


def _run(page: Page, where: str, options: dict) -> list[str]:
    if not page.evaluate("'axe' in window"):
        # as the debugger's code, which the page's own policy does not stop
        page.evaluate((web.packages() / "axe-core" / "axe.min.js").read_text("utf-8"))
    run = f"options => axe.run(({where})(), options).then(({{violations}}) => violations)"
    found = page.evaluate(run, options)
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found for node in fault["nodes"]]
