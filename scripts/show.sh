#!/bin/sh
# Open the application on the example in folder $1; without a screen, picture its screens instead.
set -eu
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "$(uname)" != Darwin ]; then
    echo "No screen here: the same screens are drawn to build/screenshots."
    exec "$PYTHON" -m desktop.screenshots build/screenshots
fi
for extract in "$1"/extracts/*.age; do
    echo "Opening $extract; its password is: $(cat "$1/passphrase.txt")"
    exec "$PYTHON" -m desktop.app "$extract"
done
