#!/usr/bin/env bash
# Times `hotzone scan` on 2,000 zones with 999 replicates, whole processes on two threads; the peers'
# figures stand beside it (SaTScan 10.3.2 and SpatialEpi, two-core EPYC).
#   tests/bench/bench_scan.sh build/VARIANT
set -eu
cd "$(dirname "$0")/../.."
build=$1 runs=${RUNS:-5}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
${CC:-cc} -O2 -ffp-contract=off -o "$dir/zones" tests/bench/zones.c -lm
"$dir/zones" >"$dir/zones.csv"
export OMP_NUM_THREADS=2

seconds() { # COMMAND...: median wall seconds of the runs
    local i from to
    for ((i = 0; i < runs; i++)); do
        from=$EPOCHREALTIME
        "$@" >/dev/null 2>&1
        to=$EPOCHREALTIME
        awk -v a="$from" -v b="$to" 'BEGIN { printf "%.4f\n", b - a }'
    done | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}
start=$(seconds "$build/hotzone" --version)
row() { # SHARE PEER SECONDS
    local took
    took=$(seconds "$build/hotzone" scan -q --areas "$dir/zones.csv" --value cases --population people \
        --max-population "$1")
    awk -v t="$took" -v s="$start" -v w="$1" -v who="$2" -v peer="$3" 'BEGIN {
        printf "scan, largest window %g: %.3f s (start-up %.3f s); %s %.1f s: %.0f times\n", \
            w, t, s, who, peer, peer / (t - s) }'
}
row 0.5 "SaTScan" 5.8
row 0.1 "SpatialEpi" 36.6
