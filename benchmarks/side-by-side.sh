#!/usr/bin/env bash
# DeepGen beside PyTorch, ONNX Runtime and C: benchmarks/side-by-side.sh [WORKLOADS] [options]; --help lists them.
set -euo pipefail
benchmarks=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=benchmarks/peers/setup.sh
. "$benchmarks/peers/setup.sh"

project=$benchmarks/DeepGen.SideBySide
build() {
    local log
    log=$(dotnet build "$project" -c Release --nologo -v quiet -p:UseSharedCompilation=false "$@" 2>&1) || { echo "$log" >&2; exit 1; }
}

build
program=$project/bin/Release/net10.0/DeepGen.SideBySide.dll
case " $* " in
    *" --help "* | *" -h "* | *" --write-networks "* | *" --alone "*) ;;
    *" --random "*)
        set_up_peers
        drawn=$project/obj/drawn
        mkdir -p "$drawn"
        dotnet "$program" "$@" --write-networks "$drawn"
        build "-p:RandomNetworks=$drawn"
        program=$drawn/bin/DeepGen.SideBySide.dll
        ;;
    *) set_up_peers ;;
esac
exec dotnet "$program" "$@"
