#!/usr/bin/env bash
# DeepGen beside PyTorch, ONNX Runtime and C: benchmarks/side-by-side.sh [WORKLOADS] [options]; --help lists them.
set -euo pipefail
benchmarks=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=benchmarks/peers/setup.sh
. "$benchmarks/peers/setup.sh"

program=$benchmarks/DeepGen.SideBySide/bin/Release/net10.0/DeepGen.SideBySide.dll
dotnet build "$benchmarks/DeepGen.SideBySide" -c Release -v quiet --nologo "-p:UseSharedCompilation=false" >&2
case " $* " in
    *" --help "* | *" -h "*) ;;
    *) set_up_peers ;;
esac
exec dotnet "$program" "$@"
