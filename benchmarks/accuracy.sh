#!/usr/bin/env bash
# What the networks learn on real digits: benchmarks/accuracy.sh FOLDER [options]; --help says what FOLDER holds.
set -euo pipefail
exec dotnet run -c Release --project "$(dirname "$0")/DeepGen.Accuracy" -- "$@"
