"""What pages may load and run, for the pages themselves and for every server.

Part of the archive for schools without internet: it imports nothing, and an old Python reads it.
"""

# What a page of the book may load and run: its own files and compiled Python. The same text stands
# in each page, for hosts that send no headers of ours.
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'"
)
# A page with cells starts Python in a worker from a text that it carries. Such a worker is held by
# the policy of its page on every host, and with `blob:` alone it can start no worker from an
# address, which would be held by nothing where a host sends no headers.
CELLS_POLICY = PAGE_POLICY + "; worker-src blob:"
# Where pages with cells lie, and the one with Python for teachers.
CELLS = ("/notebooks/", "/exercises/", "/book/pandas.html", "/book/teaching/collect.html")
# JupyterLite compiles scripts of its own (schemas, workers), and asks no other host either.
LITE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self' data: blob:; object-src 'none'; base-uri 'self'"
)
# A page says nothing about itself to the pages that it links to, and is framed by nobody else.
PRIVACY = {"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}
# Lets a page stop a running cell without restarting Python. Nothing depends on it.
ISOLATION = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


def policy_of(path: str) -> str:
    """Return the policy that a server sends with the page at a path of the site."""
    if "/lite/" in path:
        policy = LITE_POLICY
    elif any(part in path for part in CELLS):
        policy = CELLS_POLICY
    else:
        policy = PAGE_POLICY
    return policy + "; frame-ancestors 'self'"
