#!/usr/bin/env python3
"""Runs a command without Linux's large pages: benchmarks/small-pages.py benchmarks/side-by-side.sh W3 --alone "train, SGD"."""
import ctypes
import os
import sys

PR_SET_THP_DISABLE = 41

if len(sys.argv) < 2:
    sys.exit(__doc__)
if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) != 0:
    sys.exit("This kernel does not let a process turn large pages off.")
os.execvp(sys.argv[1], sys.argv[1:])
