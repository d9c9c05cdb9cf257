#!/usr/bin/env bash
# Times `hotzone hotspots` and `hotzone pattern` on lattices of counts, whole processes on two threads, start-up taken off; beside
# it the peers' figures (esda 2.4.3, libgeoda, spdep; two-core EPYC) and, if R has it, spdep measured here.
#   tests/bench/bench_hotspots.sh build/VARIANT
set -eu
cd "$(dirname "$0")/../.."
build=$1 runs=${RUNS:-5}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
${CC:-cc} -O2 -ffp-contract=off -o "$dir/grid" tests/bench/grid.c
"$dir/grid" 100 100 >"$dir/10k.csv"
"$dir/grid" 400 250 >"$dir/100k.csv"
"$dir/grid" 1000 1000 >"$dir/1m.csv"
export OMP_NUM_THREADS=2

seconds() { # RUNS COMMAND...: median wall seconds
    local n=$1 i from to
    shift
    for ((i = 0; i < n; i++)); do
        from=$EPOCHREALTIME
        "$@" >/dev/null 2>&1
        to=$EPOCHREALTIME
        awk -v a="$from" -v b="$to" 'BEGIN { printf "%.4f\n", b - a }'
    done | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}
start=$(seconds "$runs" "$build/hotzone" --version)
row() { # WHAT RUNS FILE PEERS OPTIONS...: PEERS is "name seconds times, ..."
    local what=$1 n=$2 file=$3 peers=$4
    shift 4
    timed "$what" "$n" "$peers" hotspots -q --areas "$dir/$file" -o "$dir/out.csv" "$@"
}
timed() { # WHAT RUNS PEERS COMMAND...: of hotzone
    local what=$1 n=$2 peers=$3 took memory=
    shift 3
    took=$(seconds "$n" "$build/hotzone" "$@")
    [ -x /usr/bin/time ] && memory=", $(/usr/bin/time -f %M "$build/hotzone" "$@" 2>&1 | tail -n 1) kB"
    awk -v t="$took" -v s="$start" -v what="$what" -v memory="$memory" -v peers="$peers" 'BEGIN {
        printf "%s: %.3f s less start-up%s", what, t - s, memory
        n = split(peers, p, ",")
        for (i = 1; i <= n; i++) {
            split(p[i], f, " ")
            printf "; %s %s s: %.0f times (wanted %s)", f[1], f[2], f[2] / (t - s), f[3]
        }
        print ""
    }'
}
echo "start-up: $start s"
row "Gi* exact, 10,000 cells" "$runs" 10k.csv "spdep-999 15.2 200, esda-compute 0.98 12"
row "Gi* exact, 100,000 cells" "$runs" 100k.csv "esda-compute 33.0 60, libgeoda-lookup 2.8 5"
row "Gi* exact, 1,000,000 cells" 1 1m.csv ""
row "Gi* 999 permutations, 100,000 cells" 3 100k.csv "libgeoda-complete 55 10" --null permute
timed "Moran's I, C and G, 999 permutations, 10,000 cells" "$runs" "spdep 16.5 100" \
    pattern -q --areas "$dir/10k.csv" --permutations 999 -o "$dir/out.json"
row "local Moran exact, 100,000 cells" "$runs" 100k.csv "libgeoda-lookup 2.84 -" --method moran

if command -v Rscript >/dev/null && Rscript -e 'library(spdep)' >/dev/null 2>&1; then
    cat >"$dir/peer.R" <<'R'
suppressMessages(library(spdep))
g <- read.csv(commandArgs(TRUE)[1])
w <- nb2listw(include.self(cell2nb(100, 100, type = "queen")), style = "B")
set.seed(1)
z <- localG_perm(g$value, w, nsim = 999)
R
    cat >"$dir/global.R" <<'R'
suppressMessages(library(spdep))
g <- read.csv(commandArgs(TRUE)[1])
w <- nb2listw(cell2nb(100, 100, type = "queen"))
set.seed(1)
z <- moran.mc(g$value, w, nsim = 999)
R
    took=$(seconds 1 Rscript "$dir/global.R" "$dir/10k.csv")
    echo "spdep here: moran.mc 999, 10,000 cells: $took s, whole process"
    took=$(seconds 1 Rscript "$dir/peer.R" "$dir/10k.csv")
    echo "spdep here: localG_perm 999, 10,000 cells: $took s, whole process"
fi
