#!/usr/bin/env bash
# Measures anew and puts the tables into the README: benchmarks/readme.sh [--quick]
set -euo pipefail
benchmarks=$(cd "$(dirname "$0")" && pwd)
readme=$benchmarks/../README.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# put TITLE FILE: the file's text between the line of the title and the next end
put() {
    awk -v start="<!-- $1:" -v file="$2" '
        index($0, start) == 1 { print; while ((getline line < file) > 0) print line; inside = 1; next }
        /^<!-- end -->/ { inside = 0 }
        !inside { print }' "$readme" >"$work/readme"
    cat "$work/readme" >"$readme"
}

"$benchmarks/side-by-side.sh" "$@" --markdown "$work/side-by-side.md"
put "side by side" "$work/side-by-side.md"
"$benchmarks/deployment.sh" --markdown "$work/deployment.md"
put "deployment" "$work/deployment.md"
