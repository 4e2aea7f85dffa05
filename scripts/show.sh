#!/bin/sh
# Open the application on the example in folder $1; without a screen, picture its screens instead.
set -eu
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "$(uname)" != Darwin ]; then
    echo "No screen here: the same screens are drawn to build/screenshots."
    exec "$PYTHON" -m desktop.screenshots build/screenshots
fi
echo "The example is open. Its files are in $1; their password is: $(cat "$1/passphrase.txt")"
exec "$PYTHON" -m desktop.launch --example
