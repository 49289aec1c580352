#!/usr/bin/env bash
# The pages in a real browser, over the sample collection: what a reader does, step by step, then accessibility of
# every kind of page. Screenshots go to the folder screenshots of the build.
. "$ND_SOURCE/tests/cli/lib.sh"
. "$ND_SOURCE/tests/web/lib.sh"
need lighttpd curl python3 node chromium
[ -d "$ND_SOURCE/build/node/node_modules/playwright-core" ] ||
    { echo "skipped: playwright-core is not installed (./quickstart test installs it)"; exit 77; }
sample_index
mkdir -p "$scratch/config/ndsearch"
printf '[ndsearch]\nweb-reviewers = lan\n' >"$scratch/config/ndsearch/config"
web_user=lan start_lighttpd fastcgi
export NODE_MODULES="$ND_SOURCE/build/node/node_modules" SCREENSHOTS="$ND_BUILD/screenshots" SITE="$site"
mkdir -p "$SCREENSHOTS"
HOME="$scratch" node "$ND_SOURCE/tests/web/browser.mjs"
