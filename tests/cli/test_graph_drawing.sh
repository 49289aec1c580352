#!/usr/bin/env bash
# A drawing of two hundred works can be read: no box covers another, every relation and level that is there stands in
# the legend, lines differ by more than their colour; it is made in seconds.
source "$ND_SOURCE/tests/cli/lib.sh"

python3 - "$scratch/in" <<'PY'
import os, random, sys
random.seed(200)
places = [("SƠN LA", "Sơn La"), ("LAI CHÂU", "Lai Châu"), ("CÀ MAU", "Cà Mau"), ("NGHỆ AN", "Nghệ An")]
hubs = [f"Nghị quyết số {n}-NQ/TW ngày 1{n % 10}/3/20{12 + n % 9} của Ban Chấp hành Trung ương" for n in range(11, 31)]
verbs = ["Căn cứ {}, Tỉnh ủy yêu cầu các cấp làm ngay.", "Thực hiện {}, các xã đã làm.", "Tổng kết 5 năm thực hiện {}, kết quả khá."]
os.makedirs(sys.argv[1])
for i in range(180):
    upper, name = places[i % 4]
    lines = [f"TỈNH ỦY {upper}", f"Số {i + 1}-KH/TU", f"{name}, ngày 05 tháng {i % 12 + 1} năm 2023", "", "KẾ HOẠCH",
             f"công việc thứ {i} trong năm", ""]
    for k in range(random.choice((1, 1, 2, 3))):
        lines += [verbs[(i + k) % 3].format(hubs[min(int(random.expovariate(0.2)), 19)]), ""]
    with open(os.path.join(sys.argv[1], f"{i:03}.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
PY
export ND_INDEX="$scratch/index"
ndindex "$scratch/in" >/dev/null
nodes=$(($(ndgraph export -f nodes | wc -l) - 1))
[ "$nodes" -ge 190 ] && [ "$nodes" -le 210 ] || fail "$nodes works, about 200 were meant"
start=$(date +%s%N)
ndgraph export -f svg >"$scratch/graph.svg"
[ $((($(date +%s%N) - start) / 1000000)) -lt 20000 ] || fail "drawing took more than 20 s"
python3 - "$scratch/graph.svg" "$nodes" <<'PY'
import re, sys, xml.etree.ElementTree as tree
svg = "{http://www.w3.org/2000/svg}"
root = tree.parse(sys.argv[1]).getroot()
groups = [g for g in root.iter(svg + "g") if g.get("class") == "node"]
assert len(groups) == int(sys.argv[2]), len(groups)
boxes = []
for group in groups:
    path = next(group.iter(svg + "path")).get("d")
    numbers = [float(n) for n in re.findall(r"-?[0-9.]+", path)]
    boxes.append((min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])))
    sizes = [float(t.get("font-size")) for t in group.iter(svg + "text")]
    assert min(sizes) >= 9, sizes
covered = sum(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
              for i, a in enumerate(boxes) for b in boxes[:i])
assert covered == 0, f"{covered} boxes cover another"
words = " ".join("".join(t.itertext()) for t in root.iter(svg + "text"))
for name in ("implements", "based_on", "reviews", "central", "provincial"):
    assert name in words, f"{name} is not in the legend"
edges = {}
for group in root.iter(svg + "g"):
    if group.get("class") == "edge":
        path = next(group.iter(svg + "path"))
        edges.setdefault(path.get("stroke"), set()).add(path.get("stroke-dasharray"))
assert len(edges) >= 3 and len({frozenset(dashes) for dashes in edges.values()}) >= 3, edges
PY
ndgraph export -f png >"$scratch/graph.png"
expect_equal 89504e470d0a1a0a "$(head -c 8 "$scratch/graph.png" | od -An -tx1 | tr -d ' \n')" "the signature of a PNG"

# The surroundings of one work, and no more works than asked for.
ndgraph export --around '11-NQ/TW' --steps 2 -n 30 -f nodes >"$scratch/around"
expect_equal 31 "$(wc -l <"$scratch/around")" "lines of a table of 30 works"
expect_line '^11-NQ/TW~' "$scratch/around"
must_fail 1 ndgraph export --around '99-NQ/TW' -f nodes
PATH=/nowhere must_fail 5 "$ND_BIN/ndgraph" export -f svg
