#!/usr/bin/env bash
# Decisions outlive everything but the citation itself: re-indexing, renames, edits before, around and behind it, a
# changed number or title, a lost index. The dump is all that has to be kept.
source "$ND_SOURCE/tests/cli/lib.sh"

mkdir -p "$scratch/in"
export ND_INDEX="$scratch/index"
# A letter without number and title: nothing but its text to know it by.
cat >"$scratch/in/bare.txt" <<'TXT'
Các chi bộ tiếp tục thực hiện Nghị quyết Hội nghị Trung ương 6 (khóa X) trong học kỳ một.

Sau đó các chi bộ tổng kết Nghị quyết Hội nghị Trung ương 6 (khóa X) vào cuối năm.
TXT
# One with a number; the same words stand in it twice, in sentences of their own.
cat >"$scratch/in/plan.txt" <<'TXT'
TỈNH ỦY SƠN LA                         ĐẢNG CỘNG SẢN VIỆT NAM
Số 31-KH/TU                            Sơn La, ngày 05 tháng 5 năm 2023

KẾ HOẠCH
nâng cao chất lượng sinh hoạt chi bộ

Thứ nhất, mở lớp học tập Hướng dẫn số 902-HD/BTCTW cho các bí thư chi bộ.

Thứ hai, kiểm tra việc làm theo Hướng dẫn số 902-HD/BTCTW ở từng huyện.
TXT
ndindex "$scratch/in" >/dev/null

# decide FILE WORDS NTH DECISION [SCOPE]: about the NTH citation with these words in that file
decide() {
    ndgraph review export -n 100000 "$scratch/review.csv" || [ $? -eq 1 ] # 1: nothing to decide
    ndgraph review export --decided -n 100000 "$scratch/decided.csv" || [ $? -eq 1 ]
    python3 - "$scratch" "$@" <<'PY'
import csv, sys
folder, name, words, nth, decision, *scope = sys.argv[1:]
rows = []
for table in ("review", "decided"):
    rows += csv.DictReader(open(f"{folder}/{table}.csv", encoding="utf-8-sig", newline=""))
hits = [r for r in rows if r["document"].endswith(f"/{name}.txt") and words in r["citation"] and r["id"].endswith(f"#{nth}")]
assert len(hits) == 1, [(r["document"], r["citation"], r["id"]) for r in rows]
hits[0]["decision"], hits[0]["scope"] = decision, (scope or [""])[0]
with open(f"{folder}/answer.csv", "w", encoding="utf-8-sig", newline="") as f:
    out = csv.DictWriter(f, rows[0].keys())
    out.writeheader()
    out.writerows(hits)
PY
    ndgraph review import "$scratch/answer.csv" --author 'Lò Thị Mẫu' >"$scratch/report"
}
# What the sentence with these words says of which work.
edge_of() { ndgraph export --format csv | python3 -c "
import csv, sys
for r in csv.DictReader(sys.stdin.read().lstrip('\ufeff').splitlines()):
    if '$1' in r['evidence'] and r['reported_by'] == '':
        print(r['relation'], r['target_key'])" | sort | tr '\n' ' '; }

decide bare 'Trung ương 6' 2 'work 77-NQ/TW~X'
decide plan '902-HD/BTCTW' 2 'work 902-HD/BTCTW~XIII'
decide plan '902-HD/BTCTW' 2 'relation reviews'
decided_bare=$(edge_of 'cuối năm')
decided_plan=$(edge_of 'từng huyện')
case $decided_bare in *'77-NQ/TW~X '*) ;; *) fail "not decided: $decided_bare" ;; esac
expect_equal 'reviews 902-HD/BTCTW~XIII ' "$decided_plan" "the plan's edge"
check() {
    ndindex "$scratch/in" >/dev/null
    expect_equal "$decided_bare" "$(edge_of 'cuối năm')" "the letter's edge after $1"
    expect_equal "$decided_plan" "$(edge_of 'từng huyện')" "the plan's edge after $1"
    expect_no_line '77-NQ' <(edge_of 'học kỳ một')
    expect_no_line 'reviews' <(edge_of 'mở lớp')
    ndgraph export --format jsonl >"$scratch/updated"
    ndindex --rebuild-graph >/dev/null
    ndgraph export --format jsonl | cmp - "$scratch/updated" || fail "a rebuilt graph is another after $1"
}
check "indexing again"
touch -d '2020-01-01' "$scratch/in/"*
check "new times of the files"
mkdir "$scratch/in/moved"
mv "$scratch/in/"*.txt "$scratch/in/moved/"
check "a rename"
printf '\nNơi nhận: các chi bộ.\n' >>"$scratch/in/moved/bare.txt"
printf '\nKế hoạch này được phổ biến đến các chi bộ.\n' >>"$scratch/in/moved/plan.txt"
check "an edit behind"
sed -i '1i Theo tinh thần Nghị quyết Hội nghị Trung ương 6 (khóa X) đã học, tỉnh giao việc như sau.\n' "$scratch/in/moved/bare.txt"
sed -i 's/^Thứ nhất,/Mở đầu là Hướng dẫn số 902-HD\/BTCTW cần đọc kỹ.\n\nThứ nhất,/' "$scratch/in/moved/plan.txt"
check "the same words cited once more before"
sed -i 's/các chi bộ tổng kết/toàn bộ các chi bộ tổng kết/; s/vào cuối năm/vào khoảng cuối năm/' "$scratch/in/moved/bare.txt"
sed -i 's/kiểm tra việc làm theo/giám sát, kiểm tra việc làm theo/' "$scratch/in/moved/plan.txt"
check "an edit of the sentence itself"
sed -i 's/Số 31-KH/Số 32-KH/; s/nâng cao chất lượng/tiếp tục nâng cao chất lượng/' "$scratch/in/moved/plan.txt"
check "a corrected number and title"

# The sentence gone, the decision waits; back again, it holds again.
cp "$scratch/in/moved/bare.txt" "$scratch/bare.txt"
sed -i '/cuối năm/d' "$scratch/in/moved/bare.txt"
ndindex "$scratch/in" >/dev/null
expect_no_line '77-NQ' <(edge_of 'Trung ương 6')
cp "$scratch/bare.txt" "$scratch/in/moved/bare.txt"
check "an undone deletion"

# What is decided of a citation holds for those that repeat it in the document, unless they are decided themselves.
cat >"$scratch/in/repeats.txt" <<'TXT'
TỈNH ỦY LAI CHÂU
Số 40-BC/TU
Lai Châu, ngày 05 tháng 6 năm 2023

BÁO CÁO
về việc đọc sách

Thực hiện Quyết định số 13-QĐ/TU ngày 05/01 của Tỉnh ủy về phòng đọc, các xã đã có tủ sách.

Nhờ Quyết định số 13-QĐ/TU mà việc đọc khá lên.
TXT
ndindex "$scratch/in" >/dev/null
decide repeats '13-QĐ/TU' 1 'work 13-QĐ/TU~2022@LAI-CHAU'
case $(edge_of 'tủ sách')$(edge_of 'khá lên') in *13-QĐ/TU~2022@LAI-CHAU*) ;; *) fail "not decided" ;; esac

# Copies and versions of one work bear one name, and a name continues another: what is decided under a name, or taken
# back, reaches them all at once, also those that did not change.
in_step() {
    ndgraph export --format jsonl >"$scratch/updated"
    ndindex --rebuild-graph >/dev/null
    ndgraph export --format jsonl | cmp - "$scratch/updated" || fail "a rebuilt graph is another after $1"
}
# letter FILE NUMBER ENDING: a letter of that number that cites in the same words
letter() {
    printf 'TỈNH ỦY LAI CHÂU\nSố %s-CV/TU\nLai Châu, ngày 05 tháng 7 năm 2023\n\nCÔNG VĂN\nvề việc mở sách\n\n' "$2"
    printf 'Các xã làm theo Hướng dẫn số 903-HD/BTCTW trong %s.\n' "$3"
} >"$scratch/in/$1.txt"
letter first 71 'quý một'
letter copy 71 'quý hai'
letter second 72 'quý ba'
ndindex "$scratch/in" >/dev/null
decide first '903-HD/BTCTW' 1 'work 903-HD/BTCTW~XII' 2>/dev/null || fail "not decided"
case $(edge_of 'quý hai') in *HD/BTCTW~XII*) ;; *) fail "a copy is not decided alike" ;; esac
in_step "a decision about copies"
letter first 72 'quý một'
ndindex "$scratch/in" >/dev/null
case $(edge_of 'quý ba') in *HD/BTCTW~XII*) ;; *) fail "a version is not decided alike" ;; esac
in_step "a document that became a version of another"
decide copy '903-HD/BTCTW' 1 'relation reviews'
expect_equal 'reviews 903-HD/BTCTW~XII ' "$(edge_of 'quý ba')" "a decision under the name that was continued"
in_step "a decision under the name that was continued"
decide second '903-HD/BTCTW' 1 undo
expect_no_line 'reviews' <(edge_of 'quý hai')
in_step "taking it back under the new name"
# Titles name what has no number, in capitals or not.
unnumbered() {
    printf 'TỈNH ỦY LAI CHÂU\nLai Châu, ngày 05 tháng 7 năm 2023\n\nCÔNG VĂN\n%s\n\n' "$2"
    printf 'Các xã làm theo Hướng dẫn số 904-HD/BTCTW trong %s.\n' "$3"
} >"$scratch/in/$1.txt"
unnumbered capitals 'THƯ NGỎ GỬI CÁC BẠN ĐỌC SÁCH' 'vụ xuân'
unnumbered small 'Thư ngỏ gửi các bạn đọc sách' 'vụ hè'
ndindex "$scratch/in" >/dev/null
decide small '904-HD/BTCTW' 1 'relation reviews'
case $(edge_of 'vụ xuân') in reviews*) ;; *) fail "a title in capitals is not decided alike" ;; esac
in_step "a decision about documents of one title"

# Names and authority: what users know of works stands above what the files and the documents say.
cat >"$scratch/in/names.txt" <<'TXT'
TỈNH ỦY LAI CHÂU
Số 41-BC/TU
Lai Châu, ngày 07 tháng 6 năm 2023

BÁO CÁO
về nhà văn hóa

Thực hiện Luật Nhà văn hóa cơ sở, các xã đã mở cửa nhà văn hóa.
TXT
ndindex "$scratch/in" >/dev/null
printf '\xef\xbb\xbfkey;name;other_names;date;event;note\r\n98/2021/QH15;Nhà văn hóa cơ sở;nhà văn hóa;2021-11-11;;thử\r\nnonsense key;x;;;;\r\n31-NQ/TW~X;x;;2008-13-01;;\r\n' >"$scratch/authority.csv"
must_fail 3 ndgraph authority import "$scratch/authority.csv"
expect_equal 2 "$(grep -c "$(printf '\trefused\t')" "$scratch/stdout")" "rows refused"
case $(edge_of 'mở cửa') in *98/2021/QH15*) ;; *) fail "the name is not known: $(edge_of 'mở cửa')" ;; esac
ndgraph export -f nodes | grep '^98/2021/QH15' >"$scratch/node"
expect_line ',Nhà văn hóa cơ sở,' "$scratch/node"
expect_line '2021-11-11' "$scratch/node"
ndgraph authority export "$scratch/again.csv"
ndgraph authority import "$scratch/again.csv" >"$scratch/report"
expect_line 'repeated' "$scratch/report"
check "authority"

# A lost index: the dump gives everything back, and then is itself again, byte for byte.
ndgraph export --format jsonl >"$scratch/graph"
ndgraph dump "$scratch/decisions"
expect_line '^ndsearch-decisions 1$' "$scratch/decisions"
expect_line '"verdict":"continues"' "$scratch/decisions"
expect_line '"verdict":"authority"' "$scratch/decisions"
rm -rf "$ND_INDEX"
ndindex "$scratch/in" >/dev/null
expect_equal 1 "$(ndgraph dump | wc -l)" "lines of an empty log"
ndgraph restore "$scratch/decisions" >/dev/null
ndgraph dump | cmp - "$scratch/decisions" || fail "dump and restore do not give the log back"
ndgraph export --format jsonl | cmp - "$scratch/graph" || fail "restoring does not give the graph back"
ndgraph restore "$scratch/decisions" >"$scratch/report"
expect_line '^0 ' "$scratch/report"
ndgraph dump | cmp - "$scratch/decisions" || fail "restoring twice changes the log"

# The order of restoring does not count: the time does.
{ head -1 "$scratch/decisions"; tail -n +2 "$scratch/decisions" | tac; } >"$scratch/backwards"
rm -rf "$ND_INDEX"
ndindex "$scratch/in" >/dev/null
ndgraph restore "$scratch/backwards" >/dev/null
cmp <(ndgraph dump | cut -c1-31 | sort -c && ndgraph dump | sort) <(sort "$scratch/decisions") ||
    fail "a log restored backwards is not in the order of its times"

# An entry taken back by its row: a key with nothing else.
printf 'key,name\n98/2021/QH15,\n' >"$scratch/authority.csv"
ndgraph authority import "$scratch/authority.csv" >/dev/null
case $(edge_of 'mở cửa') in *98/2021/QH15*) fail "an entry taken back is still known" ;; esac

# What is no log is refused whole.
for bad in 'ndsearch-decisions 2' 'ndsearch-decisions 1
{"time":"gestern","author":"a","document":"","quote":"q","occurrence":1,"verdict":"alias","value":"x"}' 'ndsearch-decisions 1
{"time":"2025-03-01T08:00:00Z","author":"a","document":"","quote":"q","occurrence":1,"verdict":"shrug"}'; do
    printf '%s\n' "$bad" >"$scratch/bad"
    must_fail 2 ndgraph restore "$scratch/bad"
done
