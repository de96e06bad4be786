#!/usr/bin/env bash
# What the compiler itself costs: a run of the generator, an edit, a build, the code it writes and its first call:
# benchmarks/compiler.sh [Tiny] [Perceptron] [Convolutions] [ResNet20] [Certified] [ResNet1001] [builds]
set -euo pipefail
exec dotnet run -c Release --project "$(dirname "$0")/DeepGen.CompilerCost" -- "$@"
