#!/usr/bin/env bash
# Where the time of a workload goes, by kind of emitted method and by method: benchmarks/profile.sh W3 "train, SGD" [--threads 2]
# The workloads and metrics are those of side-by-side.sh. Needs perf (Debian: linux-perf).
set -euo pipefail
benchmarks=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 2 ] && [ "$1" != --help ] || { sed -n 2,3p "$0" | cut -c3-; exit 2; }
command -v perf >/dev/null || { echo "perf is not there: apt-get install linux-perf"; exit 1; }
workload=$1 metric=$2
shift 2

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export DOTNET_PerfMapEnabled=1 DOTNET_EnableWriteXorExecute=0
perf record -q -e cpu-clock -F 2000 -o "$folder/samples" -- "$benchmarks/side-by-side.sh" "$workload" --alone "$metric" "$@"
echo

# Samples of the emitted steps and of the optimiser; what starts the process, compiles it and draws the example is left out.
perf report -i "$folder/samples" --stdio --percent-limit 0 -F overhead,sym 2>/dev/null | grep -v '^#' | awk '
    { sub(/%/, "", $1); share = $1 + 0; sub(/^ *[0-9.]+ *(\[[.k]\])? */, "") }
    match($0, /(Stage|Prepare|PredictSteps|Steps|Kernels)[0-9]*`?[^:]*::[A-Za-z]+/) {
        owner = $0; sub(/`.*/, "", owner); sub(/::.*/, "", owner); sub(/.*[+ .]/, "", owner)
        name = $0; sub(/.*::/, "", name); sub(/\(.*/, "", name)
        kind = owner ~ /^Prepare/ ? "preparing weights" : name ~ /^(Tile|Row|Product)/ ? "products" : name ~ /^Map/ ? "elementwise" \
            : name ~ /^(Sum|Max|EachRow)/ ? "sums and maxima" : name ~ /^(Sparse|Edges|Gather|Scatter)/ ? "sparse" : name ~ /^(Run|Part|Steps)/ ? "calls, and what is inlined in them" : "other"
        kinds[kind] += share; methods[owner "." name] += share; total += share; next
    }
    /DeepGen.Runtime.Blocks::/ {
        name = $0; sub(/.*::/, "", name); sub(/\(.*/, "", name)
        kinds["moves and copies"] += share; methods["Blocks." name] += share; total += share; next
    }
    /UpdatePass/ { kinds["optimiser"] += share; methods["optimiser"] += share; total += share }
    END {
        for (kind in kinds) printf "%5.1f %% %s\n", 100 * kinds[kind] / total, kind | "sort -rn"
        close("sort -rn"); print ""
        for (method in methods) printf "%5.1f %% %s\n", 100 * methods[method] / total, method | "sort -rn | head -15"
    }'
