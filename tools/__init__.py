"""The machinery of the course; ``python -m tools`` lists its commands."""

import sys

# jsonschema loads this package where it is installed, and builds 38 grammars with it, which takes
# each process two seconds. It is for addresses with letters beyond ASCII, which no schema here has.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
