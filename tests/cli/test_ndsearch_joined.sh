#!/usr/bin/env bash
# Several indexes behind a stub answer ndsearch as one index of all their documents does.
. "$ND_SOURCE/tests/cli/lib.sh"
cd "$scratch"
mkdir one two three
cp -r "$ND_SOURCE"/corpus/sample/{ben-tre,trung-uong} one
cp -r "$ND_SOURCE"/corpus/sample/{son-la,ca-mau} two
cp -r "$ND_SOURCE"/corpus/sample/{ha-giang,tay-ninh} three
for part in one two three; do
    ndindex -d $part-index $part >/dev/null 2>&1 || [ $? -eq 3 ]
    printf 'auto %s-index/xapian\n' $part >>stub
done
ndindex -d whole one two three >/dev/null 2>&1 || [ $? -eq 3 ]

python3 "$ND_SOURCE/tests/cli/joined.py" whole stub <<'QUERIES'
đảng
sinh hoat chuyen de
"sinh hoạt chuyên đề"
sinh NEAR/5 đề
thư*
đảng -chi
loại:KH
năm:2021..2022 đảng
kim ô thước bạc
path:son-la
path:*tay-ninh*
21-NQ/TW
28-CTr/TU
13-QĐ/TU
412-BC/TU
dieu le dang
cites:370-KH/TU
cites:*
cited_by:*
implements:21-NQ/TW
implements:21-NQ/TW level:provincial
implements:(loại:CTr)
implements+:21-NQ/TW
implemented_by:28-CTr/TU
implemented_by:(loại:KH)
NOT implements:21-NQ/TW
tổ chức cơ sở đảng và nâng cao chất lượng đội ngũ đảng viên trong giai đoạn mới theo nghị quyết của trung ương
QUERIES

# Pages do not overlap, and together they are the list.
for offset in 0 5 10 15; do ndsearch -d stub -n 5 --offset $offset -f paths đảng; done >pages 2>/dev/null
cmp pages <(ndsearch -d stub -n 20 -f paths đảng) || fail "pages are not the list"

# Why a file is found, what a word may become, and one text in two of the indexes.
ndsearch -d stub --why two/son-la/28-ctr-tu.txt 'chương trình' >out
expect_line '^found, at place ' out
expect_line '^28-CTr/TU$' <(ndsearch -d stub --complete 28)
cp one/ben-tre/370-kh-tu.txt two/ban-sao.txt
ndindex -d two-index two >/dev/null 2>&1 || [ $? -eq 3 ]
ndsearch -d stub 'số:370-KH/TU' >out
expect_equal 1 "$(grep -c '^ [0-9]*\. ' out)" "results of one text in two indexes"
expect_line '^    also: .*370-kh-tu\|^    also: .*ban-sao' out

# What needs one catalogue says so.
must_fail 4 ndgraph -d stub show 21-NQ/TW
expect_line 'joins several indexes' "$scratch/stderr"
must_fail 4 ndindex -d stub --status
must_fail 4 ndcite -d stub one/ben-tre/370-kh-tu.txt
printf 'remote :xapian-progsrv one-index/xapian\n' >elsewhere
must_fail 4 ndsearch -d elsewhere đảng
