#!/usr/bin/env bash
# usage: messages.sh SOURCE_DIR — every message of the sources is translated in every catalogue, and none is left over.
set -euo pipefail
cd "$1/po"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
./extract >"$scratch/ndsearch.pot"
status=0
for catalogue in *.po; do
    if ! msgcmp "$catalogue" "$scratch/ndsearch.pot" 2>"$scratch/missing"; then
        echo "po/$catalogue: messages without a translation; run po/update, fill in the empty ones:"
        msgmerge --quiet --no-fuzzy-matching "$catalogue" "$scratch/ndsearch.pot" | msgattrib --untranslated --no-obsolete
        status=1
    fi
    if msgcomm --unique "$catalogue" "$scratch/ndsearch.pot" 2>/dev/null | msgattrib --translated | grep -q '^msgid "[^"]'; then
        echo "po/$catalogue: translations that no source uses any more; run po/update:"
        msgcomm --unique "$catalogue" "$scratch/ndsearch.pot" | msgattrib --translated
        status=1
    fi
done
exit $status
