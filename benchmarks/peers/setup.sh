# shellcheck shell=bash
# What side-by-side.sh and deployment.sh have in common: the peers, installed where they are missing and compiled.
# Sourced with $benchmarks set; sets DEEPGEN_PEERS, DEEPGEN_PEER_SCRIPTS and ORT_LIBRARY.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1
export DEEPGEN_PEERS=${XDG_CACHE_HOME:-$HOME/.cache}/deepgen-peers
export DEEPGEN_PEER_SCRIPTS=$benchmarks/peers
export ORT_LIBRARY=$DEEPGEN_PEERS/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1
export PYTHONDONTWRITEBYTECODE=1
openblas=/usr/lib/$(uname -m)-linux-gnu/openblas-openmp
ort_version=1.30

say() { echo "# $*"; }

has_debian_peers() {
    /usr/bin/python3 -c 'import torch, onnx, numpy' 2>/dev/null && [ -e "$openblas/libopenblas.so.0" ] && [ -e "/usr/include/$(uname -m)-linux-gnu/cblas.h" ]
}

install_debian_peers() {
    has_debian_peers && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "installing PyTorch and OpenBLAS from Debian"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            python3-torch python3-onnx python3-numpy libopenblas-dev libopenblas0-openmp; } >"$DEEPGEN_PEERS/apt.log" 2>&1 || true
    fi
    has_debian_peers || say "not everything of PyTorch and OpenBLAS is there (apt-get install python3-torch python3-onnx python3-numpy libopenblas-dev libopenblas0-openmp)"
}

install_ort() {
    [ -e "$ORT_LIBRARY" ] && return
    if command -v npm >/dev/null; then
        say "installing ONNX Runtime from npm"
        npm install --prefix "$DEEPGEN_PEERS" --ignore-scripts --no-audit --no-fund "onnxruntime-node@$ort_version" >"$DEEPGEN_PEERS/npm.log" 2>&1 || true
    fi
    [ -e "$ORT_LIBRARY" ] || say "ONNX Runtime is not there: npm install --prefix $DEEPGEN_PEERS --ignore-scripts onnxruntime-node@$ort_version did not bring it"
}

# compile NAME MAIN PEER OPTIONS...: a program that does not compile, because its libraries are missing, is left out and says so
compile() {
    local name=$1 main=$2 peer=$3
    shift 3
    (cd "$benchmarks/peers" && gcc -march=native peer.c "$main" "$peer" -o "$DEEPGEN_PEERS/$name" "$@") 2>"$DEEPGEN_PEERS/$name.log" || {
        rm -f "$DEEPGEN_PEERS/$name"
        say "$name does not compile: $(head -1 "$DEEPGEN_PEERS/$name.log")"
    }
}

compile_peers() {
    if ! command -v gcc >/dev/null; then
        say "there is no gcc, so peers written in C are left out, ONNX Runtime among them"
        return
    fi
    compile ort_peer peer_loop.c ort_peer.c -O2 -ldl
    compile openblas_peer peer_loop.c dense_peer.c -O3 -ffast-math "-L$openblas" "-Wl,-rpath,$openblas" -lopenblas -lm
    compile plain_peer peer_loop.c dense_peer.c -O3 -ffast-math -DPLAIN -lm
    compile tiny_peer peer_loop.c tiny_peer.c -O3 -ffast-math -lm
    compile gcn_peer peer_loop.c gcn_peer.c -O3 -ffast-math -lm
    compile ort_once once.c ort_peer.c -O2 -ldl
    compile plain_once once.c dense_peer.c -O3 -ffast-math -DPLAIN -lm
}

# OpenBLAS has kernels for processors it knows by their model, and for one newer than itself takes those of the oldest, without AVX.
# An expert tells it what the processor can do.
name_processor_to_openblas() {
    [ -z "${OPENBLAS_CORETYPE:-}" ] || return 0
    local core kind
    core=$(/usr/bin/python3 -c 'import ctypes, sys
name = ctypes.CDLL(sys.argv[1]).openblas_get_corename
name.restype = ctypes.c_char_p
print(name().decode())' "$openblas/libopenblas.so.0" 2>/dev/null) || return 0
    [ "$core" = Prescott ] || return 0
    if grep -q -w avx512bw /proc/cpuinfo; then
        kind=SkylakeX
    elif grep -q -w avx2 /proc/cpuinfo; then
        kind=Haswell
    else
        return 0
    fi
    say "OpenBLAS does not know this processor; it is told to take it for $kind, or its products would have no AVX"
    export OPENBLAS_CORETYPE=$kind
}

set_up_peers() {
    mkdir -p "$DEEPGEN_PEERS"
    install_debian_peers
    install_ort
    compile_peers
    name_processor_to_openblas
    # PyTorch takes the BLAS it finds first: the one that shares OpenMP's threads is the faster.
    export LD_LIBRARY_PATH=$openblas${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
}
