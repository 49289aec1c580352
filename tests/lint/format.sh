#!/usr/bin/env bash
# usage: format.sh CLANG_FORMAT SOURCE_DIR — every C and C++ file is as .clang-format would leave it. Versions of the
# program differ in small ways; the one of Debian 12 is the measure, any other skips the test.
set -euo pipefail
case $("$1" --version) in
*" version 14."*) ;;
*) echo "skipped: not clang-format 14"; exit 77 ;;
esac
cd "$2"
find base analyzers corpus graph indexer query web tests \( -name node_modules -prune \) -o \
    \( -name '*.c' -o -name '*.h' -o -name '*.cc' \) -print0 |
    xargs -0 "$1" --dry-run --Werror
