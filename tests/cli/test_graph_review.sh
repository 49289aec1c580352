#!/usr/bin/env bash
# Decisions of people: out as a table, back in, kept as a log that survives re-indexing, renames and small edits.
source "$ND_SOURCE/tests/cli/lib.sh"

mkdir -p "$scratch/in"
cat >"$scratch/in/a.txt" <<'TXT'
TỈNH ỦY SƠN LA                         ĐẢNG CỘNG SẢN VIỆT NAM
Số 31-KH/TU                            Sơn La, ngày 05 tháng 5 năm 2023

KẾ HOẠCH
nâng cao chất lượng sinh hoạt chi bộ

Căn cứ Nghị quyết Hội nghị Trung ương 6 (khóa X), Ban Thường vụ Tỉnh ủy xây dựng kế hoạch.
Các chi bộ tiếp tục học tập Hướng dẫn số 902-HD/BTCTW.
TXT
sed -e 's/SƠN LA/LAI CHÂU/; s/Sơn La/Lai Châu/; s/31-KH/32-KH/' "$scratch/in/a.txt" >"$scratch/in/b.txt"
export ND_INDEX="$scratch/index"
ndindex "$scratch/in" >/dev/null
work_of() { ndgraph export --format csv | grep -- "/$1.txt," | cut -d, -f3 | sort | tr '\n' ' '; }
log_size() { ndgraph dump | tail -n +2 | wc -l; }
before=$(work_of a)

# The open citation stands first, with numbered candidates; a person answers with the number.
ndgraph review export "$scratch/review.csv"
expect_line '^1) \|"1) ' "$scratch/review.csv"
answer() { # answer FILE-LETTER CITATION DECISION [SCOPE]: a table with that decision filled in
    python3 - "$scratch/review.csv" "$scratch/answer.csv" "$@" <<'PY'
import csv, sys
source, target, letter, citation, decision, *scope = sys.argv[1:]
rows = list(csv.DictReader(open(source, encoding="utf-8-sig", newline="")))
hits = [r for r in rows if citation in r["citation"] and r["document"].endswith(f"/{letter}.txt")]
assert len(hits) == 1, (citation, [r["citation"] for r in rows])
if decision.startswith("candidate "):
    lines = hits[0]["candidates"].split("\n")
    decision = next(l.split(")")[0] for l in lines if decision.split(" ")[1] in l)
hits[0]["decision"], hits[0]["scope"] = decision, (scope or [""])[0]
with open(target, "w", encoding="utf-8-sig", newline="") as f:
    out = csv.DictWriter(f, rows[0].keys(), delimiter=";")
    out.writeheader()
    out.writerows(rows)
PY
}
answer a 'Trung ương 6' 'candidate 22-NQ/TW~X'
ndgraph review import "$scratch/answer.csv" --dry-run >"$scratch/report"
expect_equal 0 "$(log_size)" "decisions after a dry run"
ndgraph review import "$scratch/answer.csv" --author 'Ngô Thị Mẫu' >"$scratch/report"
expect_line 'work 22-NQ/TW~X' "$scratch/report"
expect_equal 1 "$(log_size)" "decisions"
case $(work_of a) in *22-NQ/TW~X*) ;; *) fail "the decision is not in the graph: $(work_of a)" ;; esac
case $(work_of b) in *22-NQ/TW~X*) fail "one province's decision changed another's document" ;; esac
ndgraph review import "$scratch/answer.csv" >"$scratch/report"
expect_equal 1 "$(log_size)" "decisions after the same table again"

# It survives a rename, an edit elsewhere in the text, and a new index from the backed-up log.
mv "$scratch/in/a.txt" "$scratch/in/moved.txt"
printf 'Kế hoạch này được phổ biến đến các chi bộ.\n' >>"$scratch/in/moved.txt"
ndindex "$scratch/in" >/dev/null
case $(work_of moved) in *22-NQ/TW~X*) ;; *) fail "a rename and an edit lost the decision" ;; esac
ndgraph dump "$scratch/decisions"
rm -rf "$ND_INDEX"
ndindex "$scratch/in" >/dev/null
expect_equal 0 "$(log_size)" "decisions of a new index"
ndgraph restore "$scratch/decisions" >/dev/null
ndgraph dump | cmp - "$scratch/decisions" || fail "dump and restore do not give the log back"
case $(work_of moved) in *22-NQ/TW~X*) ;; *) fail "restoring lost the decision" ;; esac

# Undone, the machine's own reading is back, and the log has grown.
ndgraph review export "$scratch/review.csv"
python3 - "$scratch/decisions" "$scratch/answer.csv" <<'PY'
import csv, json, sys
decision = json.loads(open(sys.argv[1], encoding="utf-8").read().splitlines()[1])
with open(sys.argv[2], "w", encoding="utf-8-sig", newline="") as f:
    out = csv.writer(f)
    out.writerow(["id", "decision", "citation"])
    out.writerow([f"{decision['document']}#{decision['occurrence']}", "undo", decision["quote"]])
PY
ndgraph review import "$scratch/answer.csv" >/dev/null
expect_equal "$before" "$(work_of moved)" "works after undoing"
expect_equal 2 "$(log_size)" "decisions in a log that only grows"

# One decision is taken back by its id, whatever was decided since; the row is then as it was before.
ndgraph review export "$scratch/review.csv"
row_of() { python3 -c "
import csv, sys
for r in csv.DictReader(open('$scratch/review.csv', encoding='utf-8-sig', newline='')):
    if r['document'].endswith('/$1.txt') and '$2' in r['citation']:
        print(r['work'], r['candidates'], r['confidence'], r['why'])"; }
before_row=$(row_of b 'Trung ương 6')
answer b 'Trung ương 6' 'candidate 22-NQ/TW~X'
ndgraph review import "$scratch/answer.csv" >/dev/null
first=$(ndgraph review log | head -1 | cut -f1)
answer b 'Trung ương 6' 'relation reviews'
ndgraph review import "$scratch/answer.csv" >/dev/null
expect_equal 2 "$(ndgraph review log | grep -c "$(printf '\tstands\t')")" "decisions that stand"
must_fail 1 ndgraph review undo 0000000000
ndgraph review undo "$first"
case $(work_of b) in *22-NQ/TW~X*) fail "a decision taken back is still in the graph" ;; esac
expect_equal 1 "$(ndgraph review log | grep -c "$(printf '\tstands\t')")" "decisions that still stand"
second=$(ndgraph review log | grep "$(printf '\tstands\t')" | cut -f1)
ndgraph review undo "$second"
ndgraph review export "$scratch/review.csv"
expect_equal "$before_row" "$(row_of b 'Trung ương 6')" "the row after everything was taken back"

# What holds for many citations is shown first, and taken only with their exact number.
answer b 'Trung ương 6' 'alias 22-NQ/TW~X'
for scope in '' all 'all 1' 'all 3'; do
    answer b 'Trung ương 6' 'alias 22-NQ/TW~X' "$scope"
    must_fail 3 ndgraph review import "$scratch/answer.csv"
    expect_equal 2 "$(grep -c "$(printf '\taffected\t')" "$scratch/stdout")" "citations shown for scope '$scope'"
    expect_line "/moved.txt: Căn cứ Nghị quyết Hội nghị Trung ương 6" "$scratch/stdout"
    expect_line '"all 2"' "$scratch/stdout"
done
answer b 'Trung ương 6' 'alias 22-NQ/TW~X' 'all 2'
ndgraph review import "$scratch/answer.csv" >"$scratch/report"
case $(work_of b) in *22-NQ/TW~X*) ;; *) fail "the alias is not in the graph" ;; esac
case $(work_of moved) in *22-NQ/TW~X*) ;; *) fail "the alias does not reach the other document" ;; esac
ndgraph review export --decided "$scratch/review.csv"
answer b 'Trung ương 6' undo 'all 2'
ndgraph review import "$scratch/answer.csv" >"$scratch/report"
case $(work_of b) in *22-NQ/TW~X*) fail "an alias taken back is still in the graph" ;; esac

# "13-QĐ/TU" of two provinces is two wordings: no decision reaches from one to the other.
for province in 'SƠN LA' 'LAI CHÂU'; do
    name=$(printf '%s' "$province" | tr ' ' -)
    for i in 1 2; do
        printf 'TỈNH ỦY %s\nSố 4%s-BC/TU\n%s, ngày 0%s tháng 6 năm 2023\nBÁO CÁO\nviệc thứ %s trong tháng\n\nThực hiện Quyết định số 13-QĐ/TU của Tỉnh ủy, các đơn vị đã làm xong.\n' \
            "$province" "$i" "$(printf '%s' "$province" | sed 's/SƠN LA/Sơn La/; s/LAI CHÂU/Lai Châu/')" "$i" "$i" >"$scratch/in/$name-$i.txt"
    done
done
ndindex "$scratch/in" >/dev/null
ndgraph review export "$scratch/review.csv"
answer SƠN-LA-1 '13-QĐ/TU' 'work 13-QĐ/TU~2022@SON-LA' all
must_fail 3 ndgraph review import "$scratch/answer.csv"
expect_equal 2 "$(grep -c "$(printf '\taffected\t')" "$scratch/stdout")" "citations of one province"
expect_no_line 'LAI-CHÂU' "$scratch/stdout"
answer SƠN-LA-1 '13-QĐ/TU' 'work 13-QĐ/TU~2022@SON-LA' 'all 2'
ndgraph review import "$scratch/answer.csv" >"$scratch/report"
for i in 1 2; do
    case $(work_of SƠN-LA-$i) in *13-QĐ/TU~2022@SON-LA*) ;; *) fail "the decision for all did not reach Sơn La $i" ;; esac
    case $(work_of LAI-CHÂU-$i) in *SON-LA*) fail "one province's decision reached the other" ;; esac
done
answer LAI-CHÂU-1 '13-QĐ/TU' 'relation reviews' 'all 2'
must_fail 3 ndgraph review import "$scratch/answer.csv"

# A number means the work the person saw under it, and "ok" the work that was shown.
ndgraph review export "$scratch/review.csv"
answer b 'Trung ương 6' 'candidate 22-NQ/TW~X'
python3 - "$scratch/answer.csv" <<'PY'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig", newline=""), delimiter=";"))
for row in rows:
    if row["decision"]:
        row["candidates"] = "1) 99-NQ/TW~X: a work\n2) 22-NQ/TW~X: another"
        row["decision"] = "2"
    elif row["work"]:
        row["decision"], row["work"] = "ok", "98-NQ/TW~X"
with open(sys.argv[1], "w", encoding="utf-8-sig", newline="") as f:
    out = csv.DictWriter(f, rows[0].keys())
    out.writeheader()
    out.writerows(rows)
PY
must_fail 3 ndgraph review import "$scratch/answer.csv"
expect_line 'work 22-NQ/TW~X' "$scratch/stdout"
expect_no_line "$(printf '\ttaken\t1\taccept')" "$scratch/stdout"

# What cannot be done is refused line by line, and the rest of the table is done all the same.
printf '\xef\xbb\xbfid,decision,citation\r\nnonsense,ok,x\r\nwork:1-KH/TU~2001@SON-LA#1,ok,x\r\n' >"$scratch/bad.csv"
must_fail 3 ndgraph review import "$scratch/bad.csv"
expect_equal 2 "$(grep -c . "$scratch/stdout")" "lines refused"
printf 'a,b\n1,2\n' >"$scratch/bad.csv"
must_fail 2 ndgraph review import "$scratch/bad.csv"
printf 'id,decision,citation\n\xff\xfe,ok,x\n' >"$scratch/bad.csv"
must_fail 2 ndgraph review import "$scratch/bad.csv"
