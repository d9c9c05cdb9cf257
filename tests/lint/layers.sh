#!/usr/bin/env bash
# Prints every include that goes against the house: a room may include only its own headers and
# those of rooms to its left, and each foreign library has one home.  Prints nothing when all is well.
set -u
cd "$(dirname "$0")/../.."
rooms="base num geo layer io join stat zone map report run serve cli"

# public header -> room: the room that holds its body, or, for what has no body, as listed
room_of() {
    case $1 in
    status|mem|text|date|clock|notice|team|hash|file|doc|rng) echo base ;;
    interval|rate|breaks|fdr|funnel|csr|getis|moran|null|permute|scan|ripley|quadrat|ellipse|nearest|envelope|gini|paired|bound|wdd|power|rounding) echo num ;;
    shape|crs|index|lattice|weights|coverage|overlay|graph|compact|border|pointgrid|tiling|blocks) echo geo ;;
    layer) echo layer ;;
    source|csv|vector|weights_file) echo io ;;
    place|match|quality|reside) echo join ;;
    cluster|stability|units|neighbours|rates|disclose|change|survey|scanning|outlier|series) echo stat ;;
    pattern|concentration|focus|flows|residents) echo stat ;;
    trace|card|compare|placement|frontier|propose|timeline|displace|proposing|parcels|evidence|validity|searches) echo zone ;;
    palette|scene|ink|look|sheet|sheet_zones|sheet_proposal|sheet_periods|chart) echo map ;;
    caption|caption_change|caption_periods|caption_focus|caption_flows|caption_zone|caption_zones|caption_proposal|caption_hotspots|pattern_json|proposal_note) echo report ;;
    concentration_note|html|manifest|mapnote|findings|caption_chart|caption_displace|trace_report|snippet|residents_file) echo report ;;
    rating|run|changing|audit|zoning|clustering|focusing|verify) echo run ;;
    *) echo "?" ;;
    esac
}
rank() { local i=0 r; for r in $rooms; do i=$((i + 1)); [ "$r" = "$1" ] && echo $i && return; done; echo 0; }

for f in $(find src -name '*.[ch]'); do
    own=${f#src/}; own=${own%%/*}
    mine=$(rank "$own")
    [ "$mine" = 0 ] && echo "  $f: '$own' is no room of the house"
    while IFS= read -r h; do
        r=$(room_of "$h")
        if [ "$r" = "?" ]; then echo "  $f: hotzone/$h.h has no room in tests/lint/layers.sh"
        elif [ "$(rank "$r")" -gt "$mine" ]; then echo "  $f: includes hotzone/$h.h of $r, which lies to its right"; fi
    done < <(sed -n 's|^#include "hotzone/\([a-z0-9_]*\)\.h".*|\1|p' "$f")
    while IFS= read -r r; do
        [ "$r" = "$own" ] || echo "  $f: includes an inner header of $r"
    done < <(sed -n 's|^#include "\([a-z]*\)/.*|\1|p' "$f" | grep -v '^hotzone$')
done

home() { # ROOM PATTERN: foreign headers that only this room may include
    grep -n -E "^#include [<\"]($2)" -r src | grep -v "^src/$1/" | sed "s|^|  only $1 may include this: |"
}
home io 'gdal|ogr|cpl_|libpq'
home geo 'proj|geos_c'
home map 'cairo|pango|hb|png\.h|fontconfig|qpdf|ft2build|freetype'
home base 'mpi\.h|yaml\.h|nettle|omp\.h'
home report 'jansson'
home serve 'microhttpd'
home cli 'getopt'
home num 'gsl|fftw3|glpk'
exit 0
