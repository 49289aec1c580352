#!/usr/bin/env bash
# usage: format.sh CLANG_FORMAT SOURCE_DIR — every C and C++ file is as .clang-format would leave it.
set -euo pipefail
cd "$2"
find base analyzers corpus graph indexer query web tests \( -name node_modules -prune \) -o \
    \( -name '*.c' -o -name '*.h' -o -name '*.cc' \) -print0 |
    xargs -0 "$1" --dry-run --Werror
