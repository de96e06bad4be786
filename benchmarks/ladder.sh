#!/usr/bin/env bash
# From naive to fast, every step checked and timed: benchmarks/ladder.sh [gemm] [convolution] [pooling] [softmax]
set -euo pipefail
exec dotnet run -c Release --project "$(dirname "$0")/DeepGen.Ladder" -- "$@"
