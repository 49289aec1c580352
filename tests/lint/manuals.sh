#!/usr/bin/env bash
# usage: manuals.sh SOURCE_DIR — every manual page is well-formed mdoc.
set -euo pipefail
cd "$1/man"
mandoc -T lint -W warning -- *.[1-9]
