#!/usr/bin/env bash
# Ctrl-C, a second writer, and a disk that is full: the run says what happened, the index stays whole.
. "${ND_SOURCE:?}/tests/cli/lib.sh"

papers=$scratch/papers
index=$scratch/index
mkdir "$papers"
python3 - "$papers" <<'PYTHON'
import sys
for i in range(1000):
    with open(f"{sys.argv[1]}/{i:04d}.txt", "w") as f:
        f.write(f"Kế hoạch số {i}-KH/TU\n\n" + f"Thực hiện Nghị quyết số {i % 50}-NQ/TW về công việc thứ {i}.\n" * 40)
PYTHON

# Ctrl-C, as early as the run can be met at work and again until one was.
met=no
for delay in 0.05 0.1 0.2 0.4; do
    rm -rf "$index"
    ndindex -d "$index" "$papers" >"$scratch/out" 2>"$scratch/err" &
    pid=$!
    sleep "$delay"
    kill -INT "$pid" 2>/dev/null || true
    status=0
    wait "$pid" || status=$?
    case $status in
    130)
        expect_line 'interrupted after [0-9]* of 1000 files' "$scratch/err"
        met=yes
        ;;
    0) ;;
    *) cat "$scratch/err" >&2; fail "after Ctrl-C the status is $status" ;;
    esac
    [ ! -e "$index" ] || ndindex -d "$index" --check >"$scratch/check" 2>&1 || { cat "$scratch/check" >&2; fail "damaged by Ctrl-C"; }
    ndindex -d "$index" "$papers" >"$scratch/out" 2>"$scratch/err" || fail "the run after Ctrl-C"
    expect_line '^the index holds 1000 documents' "$scratch/out"
done
[ "$met" = yes ] || echo "every run was over before Ctrl-C" >&2

# A second writer while the first is at work.
rm -rf "$index"
ndindex -d "$index" "$papers" >"$scratch/out" 2>"$scratch/err" &
pid=$!
for _ in $(seq 200); do [ -e "$index/LOCK" ] && break; sleep 0.005; done
if kill -STOP "$pid" 2>/dev/null; then
    must_fail 6 ndindex -d "$index" "$papers"
    expect_equal 1 "$(grep -c '' "$scratch/stderr")" "lines on standard error of the second writer"
    kill -CONT "$pid"
fi
wait "$pid" || fail "the first writer: $?"
expect_line '^the index holds 1000 documents' "$scratch/out"

# A file size limit stands for a full disk: writing past it fails.
for limit in 64 512 2048; do
    rm -rf "$scratch/small"
    status=0
    (ulimit -f "$limit" && exec env -i PATH="$PATH" LC_ALL=C.UTF-8 HOME="$scratch" \
        ASAN_OPTIONS=detect_leaks=0 `# a handle that failed is given up, not closed` \
        bash -c 'trap "" XFSZ; exec ndindex -d "$1" "$2"' - "$scratch/small" "$papers") >"$scratch/out" 2>"$scratch/err" || status=$?
    expect_equal 5 "$status" "status of a run that may write $limit KiB a file"
    expect_equal 1 "$(grep -c '' "$scratch/err")" "lines on standard error when the disk is full"
    ndindex -d "$scratch/small" "$papers" >"$scratch/out" 2>&1 || { cat "$scratch/out" >&2; fail "the run after a full disk"; }
    expect_line '^the index holds 1000 documents' "$scratch/out"
    ndindex -d "$scratch/small" --check >"$scratch/check" 2>&1 || { cat "$scratch/check" >&2; fail "damaged by a full disk"; }
done
