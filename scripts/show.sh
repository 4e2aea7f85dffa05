#!/bin/sh
# Open the application on the example folder $1; without a screen, picture its screens instead.
set -eu
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
    exec "$PYTHON" -m desktop.app "$1"
fi
echo "No screen here: the same screens are drawn to build/screenshots."
exec "$PYTHON" -m desktop.screenshots build/screenshots
