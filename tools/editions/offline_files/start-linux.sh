#!/bin/sh
# Opens the course in the browser. It needs Python 3 and nothing from the internet.
folder=$(cd "$(dirname "$0")" && pwd)
if ! command -v python3 >/dev/null; then
  echo "Python 3 was not found on this computer. See READ-ME-FIRST.txt."
  exit 1
fi
exec python3 "$folder/serve.py" "$@"
