#!/usr/bin/env bash
# What it takes to put a network to use: cold start to the first prediction, memory, size on disk, of the MLP 784-256-128-10.
set -euo pipefail
benchmarks=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=benchmarks/peers/setup.sh
. "$benchmarks/peers/setup.sh"

usage() {
    cat <<'TEXT'
DeepGen as native AOT and under the JIT, ONNX Runtime from C, PyTorch from Python, and plain C: programs that load weights, make
one prediction and end, run in turn.

usage: benchmarks/deployment.sh [options]

  --runs COUNT       how often each program is run (default 15)
  --markdown FILE    writes the table as Markdown too
  --help             this text

Columns: the whole process, from its start to its end, median (minimum-maximum) of all runs; what the program itself says it took
from the beginning of its main function; peak resident memory, median; size on disk of what has to be delivered, weights
included. Outputs are compared first: where they differ by more than 1e-4 the row says WRONG and the exit code is 1.
TEXT
}

runs=15 markdown=
while [ $# -gt 0 ]; do
    case $1 in
        --runs) runs=${2:?--runs needs a number}; shift 2 ;;
        --markdown) markdown=${2:?--markdown needs a file}; shift 2 ;;
        --help | -h) usage; exit 0 ;;
        *) echo "'$1' is no option; --help lists them." >&2; exit 2 ;;
    esac
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
set_up_peers
if ! gcc -O2 "$benchmarks/peers/cold.c" -o "$work/cold"; then
    say "without gcc nothing can be measured"
    exit 1
fi

# quietly LOG COMMAND...: its output only when it fails
quietly() {
    local log=$work/$1.log
    shift
    "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}

# Without debugging symbols and documentation, which nobody delivers.
publish() {
    quietly "publish-$1" dotnet publish "$benchmarks/DeepGen.Deployment" -c Release --nologo --disable-build-servers --artifacts-path "$work/artifacts" -o "$work/$1" \
        -p:DebugType=none -p:PublishReferencesDocumentationFiles=false "${@:2}"
}

examples=$work/example
mkdir -p "$examples"
publish jit
publish aot -r linux-x64 -p:NativeAot=true -p:IlcInstructionSet=native || say "native AOT cannot be published here"
jit=$work/jit/DeepGen.Deployment.dll
aot=$work/aot/DeepGen.Deployment
dotnet "$jit" "$examples" write
[ -e "$aot" ] && rm -f "$aot.dbg"

# bytes FILE...: what they take together
bytes() { du -bcL "$@" | tail -1 | cut -f1; }
# packages NAME...: the same for Debian's packages
packages() { dpkg-query -W -f='${Installed-Size}\n' "$@" 2>/dev/null | awk '{ sum += $1 } END { print sum * 1024 }'; }

names=() commands=() sizes=()
# add NAME SIZE COMMAND: the folder follows the command
add() {
    names+=("$1")
    sizes+=("$2")
    commands+=("$3")
}

weights=$examples/weights.safetensors
[ -x "$aot" ] && add "DeepGen, native AOT" "$(bytes "$work/aot" "$weights")" "$aot"
runtime=$(dirname "$(dotnet --list-runtimes | awk '/^Microsoft.NETCore.App 10\./ { gsub(/[][]/, "", $3); print $3 "/" $2 "/x" }' | tail -1)")
add "DeepGen, JIT (.NET runtime included)" "$(bytes "$work/jit" "$runtime" "$weights")" "dotnet $jit"
if quietly export /usr/bin/python3 "$benchmarks/peers/torch_once.py" "$examples" --export; then
    [ -x "$DEEPGEN_PEERS/ort_once" ] && [ -e "$ORT_LIBRARY" ] \
        && add "ONNX Runtime from C" "$(bytes "$DEEPGEN_PEERS/ort_once" "$ORT_LIBRARY" "$examples/model.onnx")" "$DEEPGEN_PEERS/ort_once"
    add "PyTorch from Python (its four packages)" "$(packages python3-torch libtorch1.13 libdnnl2 libopenblas0-openmp)" "/usr/bin/python3 $benchmarks/peers/torch_once.py"
else
    say "PyTorch is left out, and ONNX Runtime with it, whose model it writes"
fi
[ -x "$DEEPGEN_PEERS/plain_once" ] && add "plain C" "$(bytes "$DEEPGEN_PEERS/plain_once" "$weights")" "$DEEPGEN_PEERS/plain_once"

export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
# The first run of each only warms the file cache.
for ((run = 0; run <= runs; run++)); do
    for i in "${!names[@]}"; do
        # shellcheck disable=SC2086
        "$work/cold" ${commands[i]} "$examples" >"$work/run" || { say "${names[i]} failed"; exit 1; }
        [ $run = 0 ] || cat "$work/run" >>"$work/runs-$i"
    done
done

# figures FILE COLUMN FORMAT: median, minimum and maximum
figures() {
    sort -g -k"$2,$2" "$1" | awk -v c="$2" -v f="$3" '{ v[NR] = $c } END { m = int((NR + 1) / 2); printf f, v[m], v[1], v[NR] }'
}

expected=$(awk 'NR == 1 { print $3 }' "$work/runs-0")
machine=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)
code=0
table=$work/table
{
    echo "| program | whole process, ms | from main, ms | peak memory, MB | on disk, MB |"
    echo "|---|---|---|---|---|"
    for i in "${!names[@]}"; do
        if awk -v e="$expected" '{ d = $3 - e; if (d < 0) d = -d; if (d > 1e-4) exit 1 }' "$work/runs-$i"; then
            echo "| ${names[i]} | $(figures "$work/runs-$i" 1 '%.1f (%.1f-%.1f)') | $(figures "$work/runs-$i" 4 '%.1f') | $(figures "$work/runs-$i" 2 '%.1f') | $(awk -v b="${sizes[i]}" 'BEGIN { printf "%.1f", b / 1e6 }') |"
        else
            echo "| ${names[i]} | WRONG | | | |"
            code=1
        fi
    done
} >"$table"
echo "$machine, $runs runs of each program in turn"
column -t -s '|' "$table" 2>/dev/null || cat "$table"
[ -z "$markdown" ] || { printf 'On %s, by `benchmarks/deployment.sh`, median (minimum-maximum) of %s runs:\n\n' "$machine" "$runs"; cat "$table"; } >"$markdown"
exit $code
