#!/usr/bin/env bash
# ndgraph's look-ups over the sample collection.
. "${ND_SOURCE:?}/tests/cli/lib.sh"
cd "$scratch"
ndindex -d index "$ND_SOURCE/corpus/sample" >/dev/null
export ND_INDEX="$scratch/index"

# Implementers by level and place, each with the sentence; a source that says so itself is listed once.
ndgraph implementers 21-NQ/TW >out
expect_line '^  provincial · Sơn La$' out
expect_line '2022-09-30  28-CTr/TU (in its title' out
expect_line '“.*\*\*Nghị quyết số 21-NQ/TW\*\*' out
expect_equal 1 "$(grep -c '28-CTr/TU (' out)" "entries of one programme"

# Gaps: places with documents and none that implements; with --all-places every province of that time.
ndgraph gaps 21-NQ/TW >out
expect_line '^Bến Tre' out
expect_no_line '^Sơn La' out
ndgraph gaps --all-places --date 2022-07-01 21-NQ/TW | grep -q '^Lai Châu .*no document here' || fail "no gap in Lai Châu"
must_fail 2 ndgraph gaps --date yesterday 21-NQ/TW

# A code of several documents is asked back, not guessed.
must_fail 1 ndgraph show 13-QĐ/TU
expect_line '13-QĐi/TU~2021@SON-LA' "$scratch/stdout"
expect_line '13-QĐi/TU~2022@TAY-NINH' "$scratch/stdout"
expect_line 'name one by its key' "$scratch/stderr"
ndgraph show 13-QĐi/TU~2022@TAY-NINH | grep -q 'replaced by 27-QĐ/TU' || fail "not said to be replaced"

# A key that the index does not know is not taken for the same number of another term or place.
must_fail 1 ndgraph show 21-NQ/TW~X
expect_line '21-NQ/TW~XIII' "$scratch/stdout"
expect_line 'nothing in this index is or cites "21-NQ/TW~X"' "$scratch/stderr"

# The bare name of a law means the edition in force; the others are said to be former ones. A year chooses.
mkdir laws
law() {
    printf 'QUỐC HỘI                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLuật số: %s              Hà Nội, ngày %s\n\n' "$2" "$3" >"laws/$1"
    printf 'LUẬT\nPHÒNG CHỐNG SƯƠNG MÙ\n\nĐiều 1. Luật này quy định về phòng chống sương mù. %s\n' "$4" >>"laws/$1"
}
law old.txt 07/2007/QH12 '21 tháng 11 năm 2007' ''
law new.txt 30/2018/QH14 '19 tháng 11 năm 2018' 'Luật Phòng chống sương mù số 07/2007/QH12 hết hiệu lực kể từ ngày Luật này có hiệu lực.'
ndindex -d laws-index laws >/dev/null
for name in 'Luật Phòng chống sương mù' 'luật phòng chống sương mù' 'luat phong chong suong mu' 'Luật Phòng chống sương mù năm 2018'; do
    ndgraph -d laws-index show "$name" >out 2>stderr
    expect_line '^30/2018/QH14 · ' out
done
ndgraph -d laws-index show 'Luật Phòng chống sương mù' 2>stderr >out
expect_line '1 former one of this name' stderr
ndgraph -d laws-index show 'Luật Phòng chống sương mù năm 2007' >out
expect_line '^07/2007/QH12 · ' out
expect_line 'repealed by 30/2018/QH14' out
for name in 'luat phong chong suong mu' 'LUẬT PHÒNG CHỐNG SƯƠNG MÙ' 'luật phòng chống sương mù'; do
    ndsearch -d laws-index "$name" >out 2>/dev/null
    expect_line '^30/2018/QH14 .* 30/2018/QH14$' out
done
ndsearch -d laws-index 'phong chong suong mu' >out 2>/dev/null # no name of a law
expect_no_line '^30/2018/QH14 .* 30/2018/QH14$' out
ndsearch -d laws-index 'Luật Phòng chống sương mù' >out
expect_equal 30/2018/QH14 "$(head -1 out | cut -d ' ' -f 1)" "the card of a bare name"
sed -n '/^Former ones/,$p' out | grep -c '^07/2007/QH12' >count
expect_equal 1 "$(cat count)" "the card of the former one"

# A plan that says which code it implements and not of which term: listed as uncertain, once, and never as certain. A
# decision and a regulation of one number are told apart in every list.
mkdir kinds
head='TỈNH ỦY LAI CHÂU                              ĐẢNG CỘNG SẢN VIỆT NAM'
printf '%s\n*\nSố 13-QĐ/TU                     Lai Châu, ngày 08 tháng 10 năm 2018\n\nQUY ĐỊNH\nvề sinh hoạt chuyên đề\n-----\n\nĐiều 1. Chi bộ.\n' "$head" >kinds/quy-dinh.txt
printf '%s\n*\nSố 13-QĐ/TU                     Lai Châu, ngày 01 tháng 02 năm 2018\n\nQUYẾT ĐỊNH\nvề việc lập tổ thư ký\n-----\n\nĐiều 1. Tổ.\n' "$head" >kinds/quyet-dinh.txt
printf '%s\n*\nSố 28-CTr/TU                    Lai Châu, ngày 05 tháng 9 năm 2022\n\nCHƯƠNG TRÌNH\nthực hiện Nghị quyết số 21-NQ/TW, ngày 16/6/2022\n-----\n\nTheo Quy định số 13-QĐ/TU của Tỉnh ủy, Quyết định số 13-QĐ/TU của Tỉnh ủy.\n' "$head" >kinds/ctr.txt
printf 'HUYỆN ỦY MỘC CHÂU                       ĐẢNG CỘNG SẢN VIỆT NAM\n*\nSố 12-KH/HU                     Mộc Châu, ngày 10 tháng 10 năm 2022\n\nKẾ HOẠCH\nhọc tập\n-----\nThực hiện Nghị quyết số 21-NQ/TW. Theo Nghị quyết số 21-NQ/TW, thực hiện Nghị quyết số 21-NQ/TW.\n' >kinds/huyen.txt
ndindex -d kinds-index kinds >/dev/null
ndgraph -d kinds-index implementers '21-NQ/TW~XIII' >out
expect_equal 1 "$(grep -c '12-KH/HU .*or another work of this code is meant' out)" "who may implement it"
expect_line '^  district · Mộc Châu$' out
sed '/^Uncertain/,$d' out >certain
expect_no_line '12-KH/HU' certain
ndgraph -d kinds-index -f json implementers '21-NQ/TW~XIII' | python3 -c '
import json, sys
answer = json.load(sys.stdin)
sys.exit([e["possible"] for e in answer["uncertain"]] != [True] or any(e["possible"] for e in answer["certain"]))' ||
    fail "possible implementers are not marked"
must_fail 1 ndgraph -d kinds-index show 13-QĐ/TU
expect_line '^    Quy định về sinh hoạt chuyên đề' "$scratch/stdout"
expect_line '^    Quyết định về việc lập tổ thư ký' "$scratch/stdout"
ndgraph -d kinds-index show 'Quy định số 13-QĐ/TU' >out
expect_line '13-QĐi/TU~2018@LAI-CHAU' out
ndgraph -d kinds-index show 'quyết định 13-QĐ/TU' >out
expect_line '13-QĐ/TU~2018@LAI-CHAU' out
expect_equal "13-QĐ/TU~2018@LAI-CHAU 13-QĐi/TU~2018@LAI-CHAU 21-NQ/TW~XIII " \
    "$(ndgraph -d kinds-index -f json show 28-CTr/TU | python3 -c '
import json, sys
print(*sorted(edge["target_key"] for edge in json.load(sys.stdin)["edges"]), end=" ")')" "what the programme rests on"

# What is absent, how two are connected, what happened when, what two rest on.
ndgraph missing | head -1 | grep -q '21-NQ/TW~XIII' || fail "the most needed document is not first"
ndgraph path 28-CTr/TU 63-KH/TU >out
expect_line '^28-CTr/TU implements 21-NQ/TW' out
expect_line '^63-KH/TU implements 21-NQ/TW' out
ndgraph -f json timeline 21-NQ/TW | python3 -c '
import json, sys
dates = [edge["date"] or "" for edge in json.load(sys.stdin)["edges"]]
sys.exit(dates != sorted(dates))' || fail "a timeline out of order"
ndgraph compare 28-CTr/TU 63-KH/TU | sed -n 2p | grep -q '21-NQ/TW' || fail "both rest on 21-NQ/TW"
ndgraph stats | grep -q '^    implements' || fail "no count of relations"

# Any text, and a column of a table, are resolved.
echo 'theo 21-NQ/TW ngày 16/6/2022, 13-QĐ/TU và 28-CTr/TU của Tỉnh ủy Sơn La' | ndgraph -f csv resolve >out
expect_line '^0,21-NQ/TW,absent,21-NQ/TW~XIII' out
expect_line ',ambiguous,13-QĐi/TU~2021@SON-LA 13-QĐi/TU~2022@TAY-NINH' out
printf 'số;ghi chú\n1;"Nghị quyết số 21-NQ/TW; ngày 16/6/2022"\n2;không có\n' >table.csv
ndgraph -f csv --column 'ghi chú' resolve table.csv | grep -q '^2,.*,absent,21-NQ/TW~XIII' || fail "a cell was not resolved"
must_fail 2 ndgraph --column khác resolve table.csv
must_fail 1 ndgraph resolve /dev/null
must_fail 5 ndgraph resolve "$scratch/nowhere"

# Mistakes.
must_fail 2 ndgraph
must_fail 2 ndgraph shwo 21-NQ/TW
expect_line 'did you mean "show"' "$scratch/stderr"
must_fail 2 ndgraph show
must_fail 2 ndgraph -f xml stats
must_fail 1 ndgraph show 99-NQ/TW
must_fail 4 ndgraph -d "$scratch/nowhere" stats
