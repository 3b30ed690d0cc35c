"""What axe-core finds on a page."""

from playwright.sync_api import Page

from tools.site import web

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe(page: Page) -> list[str]:
    """Return the accessibility faults of a page, each with the element that has it."""
    # as the debugger's code, which the page's own policy does not stop
    page.evaluate((web.packages() / "axe-core" / "axe.min.js").read_text("utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags}).then(({violations}) => violations)", TAGS
    )
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found for node in fault["nodes"]]
