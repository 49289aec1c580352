#!/usr/bin/env bash
# ndsearch over the sample collection: words, fields, relations, formats, mistakes, empty results, secrecy.
. "${ND_SOURCE:?}/tests/cli/lib.sh"
cd "$scratch"
ln -s "$ND_SOURCE/corpus" corpus
ndindex -d index corpus/sample >/dev/null
export ND_INDEX="$scratch/index"

# paths QUERY...: the base names of what a query finds, sorted.
paths() { ndsearch -n 100 -f paths "$@" | sed 's|.*/||' | LC_ALL=C sort | tr '\n' ' '; }

# Words, with and without accents, find the same documents; a phrase is marked as a whole.
expect_equal "$(paths '"sinh hoạt chi bộ"')" "$(paths '"sinh hoat chi bo"')" "a phrase typed without accents"
ndsearch '"sinh hoạt chi bộ"' >out
expect_line '\*\*[Ss]inh hoạt chi bộ\*\*' out

# Relations name the documents with the sentence that says so.
ndsearch 'implements:21-NQ/TW level:provincial' >out
expect_line '28-CTr/TU · Sơn La · provincial · 2022-09-30' out
expect_line '“.*\*\*Nghị quyết số 21-NQ/TW\*\*.*”' out
expect_equal "$(paths 'implements:21-NQ/TW')" "$(paths 'thựchiện:"Nghị quyết số 21 NQ/TW"')" "spellings of a relation"
expect_equal "27-qd-tu.txt 517-tb-vptu.txt " "$(paths 'replaces:*')" "whatever replaces something"
expect_equal "13-qd-tu.txt " "$(paths 'replaced_by:*')" "whatever is replaced"
expect_equal "13-qd-tu.txt " "$(paths 'số:13-QĐ/TU tỉnh:"tay ninh"')" "a document by its own number and place"
[ "$(paths 'implements+:21-NQ/TW' | wc -w)" -ge "$(paths 'implements:21-NQ/TW' | wc -w)" ] || fail "transitive found less"
[ -n "$(paths 'implements:(tỉnh:"Sơn La")')" ] || fail "a nested query found nothing"

# Whoever implements or is based on a document cites it.
[ "$(paths 'cites:21-NQ/TW' | wc -w)" -ge "$(paths 'implements:21-NQ/TW' | wc -w)" ] || fail "implementers cite nothing"
expect_equal "$(paths 'cites:21-NQ/TW')" "$(paths 'cites:21-NQ/TW OR implements:21-NQ/TW')" "all who cite"

# Phrases hold in every part of a query, those joined by OR and those beside them.
expect_equal "$(paths --exact '"sinh hoạt chi bộ" OR "chi bộ sinh hoạt"')" \
    "$(paths '"sinh hoạt chi bộ" OR "chi bộ sinh hoạt"')" "phrases joined by OR"
mkdir -p words
printf 'Cây cầu bắc qua sông dài.\n' >words/one.txt
printf 'Sông dài có cây, cầu ở xa; chợ họp bên sông.\n' >words/two.txt
printf 'Họp chợ sớm, cầu cây đã cũ.\n' >words/three.txt
ndindex -d words-index words >/dev/null
in_words() { ND_INDEX="$scratch/words-index" paths "$@"; }
expect_equal "one.txt " "$(in_words '"cây cầu bắc"')" "a phrase"
expect_equal "one.txt two.txt " "$(in_words '"cây cầu bắc" OR "chợ họp"')" "phrases joined by OR"
expect_equal "one.txt " "$(in_words '"cầu bắc" OR "họp chợ bên"')" "a phrase nobody has joined by OR"
expect_equal "two.txt " "$(in_words 'sông AND ("chợ họp" OR "họp chợ")')" "phrases in a bracket"
expect_equal "one.txt three.txt " "$(in_words '(cầu NEAR/1 cây) -"cây cầu ở"')" "phrases excluded"

# A citation alone shows its card first; one that fits several documents shows each.
ndsearch 21-NQ/TW >out
head -1 out | grep -q '21-NQ/TW~XIII' || fail "no card first"
expect_line 'implemented by' out
ndsearch 13-QĐ/TU >out
expect_line '13-QĐi/TU~2021@SON-LA' out
expect_line '13-QĐi/TU~2022@TAY-NINH' out

# So does a name, however its capitals are typed, those of the Roman number of a term of office too.
for name in 'Nghị quyết Trung ương 5 khóa XIII' 'nghị quyết trung ương 5 khóa xiii' 'nghi quyet trung uong 5 khoa xiii'; do
    expect_line '21-NQ/TW~XIII' <(ndsearch "$name")
done
expect_line 'NQ-DH-XIII' <(ndsearch 'nghị quyết đại hội xiii')

# A type and a number name what has that number, whoever issued it and however they are typed.
for name in 'nghị quyết số 21' 'nghi quyet 21' 'NQ 21' 'nq 21' nq21; do
    expect_line '21-NQ/TW~XIII' <(ndsearch "$name")
done
ndsearch 'quy dinh 13' >out
expect_line '13-QĐi/TU~2021@SON-LA' out
expect_line '13-QĐi/TU~2022@TAY-NINH' out
expect_no_line '27-QĐi/TU~' out
expect_line '88-HD/BTCTW~XIII' <(ndsearch 'hd 88')
ndgraph show 'hướng dẫn 88' | grep -q '88-HD/BTCTW~XIII' || fail "not known by its type and number"
must_fail 1 ndgraph show 'hướng dẫn 99'

# A code among other words finds the document itself, too; what is said to be found without a phrase is.
expect_line '27-qd-tu.txt' <(ndsearch -f paths 'quyết định 27-QĐ/TU')
must_fail 1 ndsearch '"chi bộ đảng viên sinh hoạt chuyên đề mỗi"'
expect_no_line 'without accents' "$scratch/stderr"

# A word that no document has is named, even where the others find something.
ndsearch 'chi bộ zzzq' 2>stderr >out
expect_line 'no document has the word "zzzq"' stderr

# One document in two files is one result with the other path below, unless each is asked for.
mkdir twice
cp corpus/sample/son-la/28-ctr-tu.txt twice/
sed '$s/$/ (bản quét)/' corpus/sample/son-la/28-ctr-tu.txt >twice/28-ctr-tu-quet.txt
ndindex -d twice-index twice >/dev/null
ndsearch -d twice-index 'số:28-CTr/TU' >out
expect_line '^2 documents, 1–2$' out
expect_line '^    also: .*28-ctr-tu' out
expect_equal 1 "$(grep -c '^ [0-9]*\. ' out)" "results of one document"
ndsearch -d twice-index --every-file 'số:28-CTr/TU' >out
expect_equal 2 "$(grep -c '^ [0-9]*\. ' out)" "results of each file"
expect_equal 2 "$(ndsearch -d twice-index -f paths 'số:28-CTr/TU' | wc -l)" "paths"

# A stub of one index is that index; of several, test_ndsearch_joined.sh.
printf 'auto index/xapian\n' >stub
expect_equal "$(paths 'loại:KH')" "$(ND_INDEX=stub paths 'loại:KH')" "an index behind a stub"

# Every format; JSON follows its schema.
ndsearch -f tsv đảng | awk -F '\t' 'NF != 12 { exit 1 }' || fail "a line of tsv has not 12 fields"
ndsearch -f trec đảng | awk 'NF != 6 { exit 1 }' || fail "a run line has not 6 fields"
ndsearch -0 đảng | tr '\0' '\n' | while read -r path; do [ -e "$path" ] || fail "no such file: $path"; done
printf 'q1\tsinh hoạt\nq2\tnothingtofind\nq3\t"chi bộ" OR 21-NQ/TW\n' >batch
ndsearch --batch batch -f json >batch.json
expect_equal 'q1 q2 q3 ' "$(sed 's/.*"query_id":"\([^"]*\)".*/\1/' batch.json | tr '\n' ' ')" "an object for each query of a batch"
ndsearch --batch batch -f trec | grep -q '^q1 Q0 .* 1 ' || fail "no run of a batch"
{
    ndsearch -f json --facets --explain 'implements:21-NQ/TW'
    ndsearch -f json 21-NQ/TW
    ndsearch -f json 13-QĐ/TU
    ndsearch -f json -p 3 đảng viên
    ndsearch -f json nothingtofind || [ $? -eq 1 ] # nothing found is an answer, too
    cat batch.json
    ndsearch -d twice-index -f json 'số:28-CTr/TU'
    ndgraph -f json show 21-NQ/TW
    ndgraph -f json timeline 21-NQ/TW
    ndgraph -f json implementers 21-NQ/TW
    ndgraph -f json gaps --all-places 21-NQ/TW
    ndgraph -f json compare 28-CTr/TU 63-KH/TU
    ndgraph -f json path 28-CTr/TU 63-KH/TU
    ndgraph -f json missing
    ndgraph -f json stats
    echo 'Nghị quyết số 21-NQ/TW và 13-QĐ/TU' | ndgraph -f json resolve
    ndgraph -f json show 13-QĐ/TU 2>/dev/null || [ $? -eq 1 ]
} >lines.json
python3 "$ND_SOURCE/tests/cli/check_json.py" "$ND_SOURCE/docs/schema/ndsearch.schema.json" lines.json

# Facets count what the results are.
ndsearch -n 0 --facets 'loại:KH' >out
expect_line '^type: *KH 5$' out

# A code of several words: asked for by a word, documents of that word come.
expect_equal 3 "$(ndsearch -f paths 'loại:"quy định"' | grep -c '')" "regulations"
expect_equal 2 "$(ndsearch -f paths 'type:"quyet dinh"' | grep -c '')" "decisions"
expect_equal 5 "$(ndsearch -f paths 'type:QĐ' | grep -c '')" "both"

# Sorting and paging: pages side by side are the whole.
ndsearch -f paths -n 4 -s date đảng >first
ndsearch -f paths -n 4 --offset 4 -s date đảng >second
ndsearch -f paths -n 8 -s date đảng >both
cat first second | cmp - both || fail "two pages are not the first eight results"

# Mistakes: one line that says what was expected, the query with a caret, exit 2; no match is exit 1 and says more.
must_fail 2 ndsearch 'đảng implements:nonsense'
expect_line 'expected a citation' "$scratch/stderr"
expect_line '^                \^$' "$scratch/stderr"
must_fail 2 ndsearch 'loại:XYZ'
expect_equal "$(paths 'tỉnh:"Sơn La"')" "$(paths tinh:sonla)" "a place written as one word"
must_fail 2 ndsearch 'imlpements:21-NQ/TW'
expect_line 'did you mean "implements:"' "$scratch/stderr"
must_fail 2 ndsearch --format jsn đảng
expect_line 'did you mean "json"' "$scratch/stderr"
must_fail 2 ndsearch
must_fail 3 ndsearch --offset 10001 đảng
must_fail 4 ndsearch -d "$scratch/nowhere" đảng
must_fail 1 ndsearch 'implements:99-NQ/TW'
must_fail 1 ndsearch 'tỉnh:"Bến Tre" xyzzy'
expect_line 'searched 22 documents' "$scratch/stderr"
expect_line 'without xyzzy' "$scratch/stderr"
must_fail 1 ndsearch '?!'
LANGUAGE=vi must_fail 1 ndsearch xyzzy
expect_line 'không có kết quả' "$scratch/stderr"

# Why a document is not found.
must_fail 1 ndsearch --why corpus/sample/son-la/28-ctr-tu.txt 'loại:CTr tỉnh:"Cà Mau"'
expect_line '^yes *loại:CTr' "$scratch/stdout"
expect_line '^no *tỉnh:"Cà Mau"' "$scratch/stdout"
ndsearch --why corpus/sample/son-la/28-ctr-tu.txt 'loại:CTr' | grep -q '^found' || fail "--why does not see a match"
must_fail 1 ndsearch --why corpus/README.md đảng

# A stamped document exists only for those who may see it.
expect_equal "412-bc-tu.txt " "$(paths 'số:412-BC/TU')" "a secret document for everybody"
must_fail 1 ndsearch --visible none 'số:412-BC/TU'
ndsearch --visible none -n 0 --facets --exact 'loại:BC' >out
expect_line '^type: *BC 2$' out

# Preferences of the configuration file; options and the environment go before them; a mistyped key is no key.
mkdir -p "$XDG_CONFIG_HOME/ndsearch"
configure() { printf '[ndsearch]\n%s\n' "$@" >"$XDG_CONFIG_HOME/ndsearch/config"; }
configure 'visible=none'
must_fail 1 ndsearch 'số:412-BC/TU'
must_fail 1 ndgraph show 412-BC/TU
must_fail 2 ndgraph dump
expect_equal "412-bc-tu.txt " "$(paths --visible most-secret 'số:412-BC/TU')" "an option against the file"
configure 'format=paths' 'count=3'
expect_equal 3 "$(ndsearch đảng | wc -l)" "count and format of the file"
expect_equal 2 "$(ndsearch -n 2 -f tsv đảng | grep -c "$(printf '\t')")" "options against the file"
configure 'language=vi'
must_fail 1 ndsearch xyzzy
expect_line 'không có kết quả' "$scratch/stderr"
LANGUAGE=en must_fail 1 ndsearch xyzzy
expect_line 'no match' "$scratch/stderr"
configure 'colour=always'
ndsearch đảng >out
expect_line "$(printf '\033\[1m')" out
NO_COLOR=1 ndsearch đảng >out
expect_no_line "$(printf '\033')" out
for wrong in 'visble=none' 'visible=nobody' 'count=none' 'colour=red'; do
    configure "$wrong"
    must_fail 2 ndsearch đảng
done
rm "$XDG_CONFIG_HOME/ndsearch/config"

# Shells complete names, values that documents have, and codes; bash parts words at colons.
completes() { ndsearch "$@" | tr '\n' ' '; }
expect_equal 'type: ' "$(completes --complete typ)" "the name of a field"
expect_equal 'căncứ: ' "$(completes --complete canc)" "a name without accents"
expect_equal 'loại:KH ' "$(completes --complete loại:k)" "the types of this index"
expect_equal 'place:SON-LA ' "$(completes --complete place:son)" "the places of this index"
expect_equal 'implements:13-QĐ/TU ' "$(completes --complete implements:13-q)" "the codes of works"
must_fail 1 ndsearch --complete place:nowhere
must_fail 1 ndsearch --visible none --complete implements:412-b
bash_completes() { # LINE: what bash offers at its end
    (
        . "$ND_SOURCE/completions/ndsearch.bash"
        COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
        read -ra COMP_WORDS <<<"${1//:/ : }"
        [[ $1 != *[' :'] ]] || COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        "_${COMP_WORDS[0]}"
        echo "${COMPREPLY[*]}"
    )
}
expect_equal 'KH' "$(bash_completes 'ndsearch type:K')" "bash, a value"
expect_equal 'SON-LA' "$(bash_completes "ndsearch -d $ND_INDEX đảng place:so")" "bash, a value of a named index"
expect_equal '21-NQ/TW' "$(bash_completes 'ndgraph show 21-n')" "bash, a work"
expect_equal '--facets --format' "$(bash_completes 'ndsearch --f')" "bash, an option"
bash_completes 'ndgraph ' | grep -q 'implementers' || fail "bash, commands"

# The examples of ndsearch-query(7).
sed -n '/^\.Sh EXAMPLES/,/^\.Sh S/p' "$ND_SOURCE/man/ndsearch-query.7" | sed -n '/^\.Bd/,/^\.Ed/p' | sed '/^\.[BE]d/d' >examples
bash -euo pipefail examples >/dev/null || fail "an example of ndsearch-query(7)"

# A work that is here only by its name: its number finds the documents that name it.
mkdir "$scratch/by_name"
cp "$ND_SOURCE/corpus/sample/tay-ninh/13-qd-tu.txt" "$scratch/by_name/regulation.txt"
cat >"$scratch/by_name/named.txt" <<'END'
TỈNH ỦY LAI CHÂU
*
Số 15-CTr/TU

Lai Châu, ngày 5 tháng 5 năm 2023

CHƯƠNG TRÌNH
công tác xây dựng đảng

Các cấp ủy chấp hành nghiêm quy định về những điều đảng viên không được làm.
END
ndindex -d "$scratch/named" "$scratch/by_name" >/dev/null
expect_equal "$scratch/by_name/named.txt" "$(ndsearch -d "$scratch/named" -f paths 37-QĐ/TW)" "who names a regulation"

# Relation operators that lead through much of a graph, over and over: refused with a sentence, not worked off. What is
# asked for again is known already.
mkdir "$scratch/many"
for document in {1..7000}; do
    echo "Báo cáo thứ $document thực hiện Nghị quyết số 21-NQ/TW, ngày 16/6/2022." >"$scratch/many/$document.txt"
done
ndindex -d "$scratch/dense" "$scratch/many" >/dev/null
relation='cites:21-NQ/TW'
ndsearch -d "$scratch/dense" -n 0 "$relation$(printf " OR $relation%.0s" {1..60})" >/dev/null || fail "one relation, often"
nested='cites:(báo cáo)'
ndsearch -d "$scratch/dense" -n 0 "$relation$(printf " OR $nested%.0s" {1..20})" >/dev/null || fail "one bracket, often"
must_fail 3 ndsearch -d "$scratch/dense" "$relation$(printf " OR cites:(-x%d)" {1..20})"
expect_line 'too many documents' "$scratch/stderr"
paths=$(printf " OR path:%d.txt" {1..6})
ndsearch -d "$scratch/dense" -n 0 "${paths# OR }" >/dev/null || fail "six paths"
must_fail 3 ndsearch -d "$scratch/dense" "path:7.txt$paths"
expect_line 'at most 6 paths' "$scratch/stderr"

# A long name in a question, here the state's, does not bury what the question is about.
mkdir "$scratch/names"
state='nước Cộng hòa xã hội chủ nghĩa Việt Nam'
for law in {1..20}; do
    echo "Tội chống $state. Điều $law. Người nào xâm phạm $state thì bị phạt." >"$scratch/names/crime-$law.txt"
done
for session in {1..200}; do
    echo "Kỳ họp $session. Đại biểu Quốc hội dự họp đủ." >"$scratch/names/meeting-$session.txt"
done
echo 'Điều 40. Nhiệm kỳ mỗi khóa Quốc hội là năm năm, kể từ kỳ họp thứ nhất.' >"$scratch/names/term.txt"
ndindex -d "$scratch/names-index" "$scratch/names" >/dev/null
expect_equal "$scratch/names/term.txt" \
    "$(ndsearch -d "$scratch/names-index" -n 1 -f paths "Nhiệm kỳ của Quốc hội $state được quy định như thế nào?")" \
    "a question with the state's whole name"
