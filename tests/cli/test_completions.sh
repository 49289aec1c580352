#!/usr/bin/env bash
# Tab in zsh and in fish, really struck (bash: test_ndsearch.sh). Exit 77: a shell is not installed, or no terminal to be had.
. "$ND_SOURCE/tests/cli/lib.sh"
for shell in zsh fish; do
    command -v $shell >/dev/null || { echo "skipped: $shell is not installed (./quickstart test installs it)"; exit 77; }
done
zsh -fc 'zmodload zsh/zpty && zpty probe true' 2>/dev/null || { echo "skipped: there are no pseudo terminals here"; exit 77; }
cd "$scratch"
ndindex -d index "$ND_SOURCE/corpus/sample" >/dev/null 2>&1 || [ $? -eq 3 ]
export ND_INDEX="$scratch/index" HOME="$scratch"

# zsh: what is typed, what the line becomes.
while IFS='|' read -r typed want; do
    expect_equal "$want" "$(timeout 20 zsh -f "$ND_SOURCE/tests/cli/tab.zsh" "$ND_SOURCE/completions" "$typed")" "zsh, after '$typed'"
done <<'CASES'
ndsearch typ|ndsearch type:
ndsearch coq|ndsearch cơquan:
ndsearch loại:k|ndsearch loại:KH 
ndsearch đảng place:so|ndsearch đảng place:SON-LA 
ndsearch implements:13-q|ndsearch implements:13-QĐ/TU 
ndsearch --fac|ndsearch --facets 
ndsearch -f js|ndsearch -f json 
ndgraph impl|ndgraph implementers 
ndgraph show 21-n|ndgraph show 21-NQ/TW 
ndgraph -f graphm|ndgraph -f graphml 
ndsearch zzz|ndsearch zzz
CASES
expect_equal "ndsearch -d $ND_INDEX type:KH " \
    "$(ND_INDEX=nowhere timeout 20 zsh -f "$ND_SOURCE/tests/cli/tab.zsh" "$ND_SOURCE/completions" "ndsearch -d $ND_INDEX type:k")" "zsh, a named index"

# fish: what is typed, what is offered.
offers() { fish --no-config -c "source '$ND_SOURCE/completions/ndsearch.fish'; complete -C '$1'" | cut -f 1 | tr '\n' ' '; }
while IFS='|' read -r typed want; do
    expect_equal "$want" "$(offers "$typed")" "fish, after '$typed'"
done <<'CASES'
ndsearch typ|type: 
ndsearch loại:k|loại:KH 
ndsearch đảng place:so|place:SON-LA 
ndsearch --fac|--facets 
ndsearch -f js|json 
ndgraph impl|implementers 
ndgraph show 21-n|21-NQ/TW 
ndgraph -f graphm|graphml 
ndsearch zzz|
CASES
expect_equal 'type:KH ' "$(ND_INDEX=nowhere offers "ndsearch -d $ND_INDEX type:k")" "fish, a named index"
