#!/usr/bin/env bash
# Counts the same points in the same areas by what Debian ships, each skipped with a word where it is
# not installed: PostGIS, R's sf, geopandas, GDAL's SQLite dialect.  Says seconds, and whether every area's
# count is hotzone's.  One run each: they take seconds to minutes.
#   tests/bench/peers.sh build/VARIANT [POINTS]
# Packages: postgresql postgresql-15-postgis-3 r-cran-sf python3-geopandas python3-rtree gdal-bin
set -eu
cd "$(dirname "$0")/../.."
build=$1 n=${2:-1000000}
dir=$(mktemp -d)
data=$dir/cluster
stop_server() {
    [ -f "$data/postmaster.pid" ] || return 0
    as_server "$bin/pg_ctl" -D "$data" -m fast -w stop >/dev/null 2>&1 || true
}
trap 'stop_server; rm -rf "$dir"' EXIT
areas=$PWD/geodata/copenhagen/areas.geojson
"$build/tests/bench/points" "$n" "$areas" >"$dir/points.csv"

seconds() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b - a }'; }
since() { seconds "$1" "$EPOCHREALTIME"; }
compare() { # FILE of "id,count" lines: the same counts as hotzone's?
    if diff -q <(grep -v '^id' "$1" | tr -d '"\r' | LC_ALL=C sort) "$dir/hotzone" >/dev/null; then
        echo "the same counts"
    else
        echo "OTHER COUNTS: $(diff <(grep -v '^id' "$1" | tr -d '"\r' | LC_ALL=C sort) "$dir/hotzone" | grep -c '^[<>]') lines differ"
    fi
}

export OMP_NUM_THREADS=2
from=$EPOCHREALTIME
"$build/hotzone" rates -q --areas "$areas" --events "$dir/points.csv" -o "$dir/rates.csv"
echo "hotzone: $(since "$from") s whole process, $n points"
awk -F, 'NR > 1 { print $1 "," $3 }' "$dir/rates.csv" | LC_ALL=C sort >"$dir/hotzone"
echo "  placed: $(awk -F, '{ n += $2 } END { printf "%d", n }' "$dir/hotzone") in $(wc -l <"$dir/hotzone") areas"

# ---- PostGIS: COPY, a GiST index, a join by ST_Contains
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1 || true)
as_server() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
sql() { psql -q -X -h "$dir" -U postgres -d "${db:-hz}" -v ON_ERROR_STOP=1 "$@"; }
postgis() {
    local sql_points="CREATE TABLE points(id int, lon float8, lat float8, date date, kind text)"
    chmod 711 "$dir"
    if [ "$(id -u)" = 0 ]; then install -d -o postgres -m 700 "$data"; chown postgres "$dir"; fi
    as_server "$bin/initdb" -D "$data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N >/dev/null 2>&1
    as_server "$bin/pg_ctl" -D "$data" -w -l "$data/log" \
        -o "-c listen_addresses= -c unix_socket_directories=$dir -c fsync=off" start >/dev/null
    db=postgres sql -c 'CREATE DATABASE hz'
    sql -c 'CREATE EXTENSION postgis' -c "$sql_points"
    ogr2ogr -f PostgreSQL "PG:host=$dir user=postgres dbname=hz" "$areas" -nln areas -lco GEOMETRY_NAME=geom -nlt MULTIPOLYGON
    echo "PostGIS: $(sql -At -c "SELECT 'PostgreSQL ' || current_setting('server_version') || ', PostGIS ' || postgis_lib_version()")"
    local from=$EPOCHREALTIME
    sql -c '\copy points FROM '"'$dir/points.csv'"' CSV HEADER'
    echo "  COPY: $(since "$from") s"
    from=$EPOCHREALTIME
    sql -c 'ALTER TABLE points ADD geom geometry(Point, 4326)' \
        -c 'UPDATE points SET geom = ST_SetSRID(ST_MakePoint(lon, lat), 4326)' \
        -c 'CREATE INDEX ON points USING gist(geom)' -c 'ANALYZE points'
    echo "  points and GiST index: $(since "$from") s"
    from=$EPOCHREALTIME
    sql -At -F, -c 'SELECT a.id, count(p.id) FROM areas a LEFT JOIN points p ON ST_Contains(a.geom, p.geom) GROUP BY a.id' >"$dir/postgis"
    echo "  join: $(since "$from") s, $(compare "$dir/postgis")"
}
if [ -n "$bin" ] && [ -n "$(ls /usr/share/postgresql/*/extension/postgis.control 2>/dev/null)" ] && command -v ogr2ogr >/dev/null; then
    postgis
else
    echo "PostGIS: skipped, not installed (postgresql-15-postgis-3, gdal-bin)"
fi

# ---- R: sf's join by GEOS; planar, as the others, since geodesic borders are others
if command -v Rscript >/dev/null && Rscript -e 'library(sf)' >/dev/null 2>&1; then
    from=$EPOCHREALTIME
    Rscript --vanilla - "$areas" "$dir/points.csv" "$dir/sf" <<'R' 2>/dev/null
library(sf)
sf_use_s2(FALSE)
a <- commandArgs(TRUE)
areas <- st_read(a[1], quiet = TRUE)
points <- st_as_sf(read.csv(a[2]), coords = c("lon", "lat"), crs = 4326)
n <- lengths(suppressMessages(st_contains(areas, points)))
write.table(data.frame(areas$id, n), a[3], sep = ",", row.names = FALSE, col.names = FALSE, quote = FALSE)
R
    echo "$(Rscript -e 'cat(as.character(getRversion()), "sf", as.character(packageVersion("sf")))' | sed 's/^/R /'): $(since "$from") s whole process, $(compare "$dir/sf")"
else
    echo "R sf: skipped, not installed (r-cran-sf)"
fi

# ---- geopandas
python=/usr/bin/python3
if [ -x $python ] && $python -W ignore -c 'import geopandas, rtree' 2>/dev/null; then
    from=$EPOCHREALTIME
    $python -W ignore - "$areas" "$dir/points.csv" "$dir/geopandas" <<'PY'
import sys, geopandas, pandas
areas = geopandas.read_file(sys.argv[1])[["id", "geometry"]]
t = pandas.read_csv(sys.argv[2])
points = geopandas.GeoDataFrame(t[["kind"]], geometry=geopandas.points_from_xy(t.lon, t.lat), crs=4326)
n = geopandas.sjoin(points, areas, predicate="within").groupby("id").size().reindex(areas.id, fill_value=0)
n.to_csv(sys.argv[3], header=False)
PY
    echo "geopandas $($python -W ignore -c 'import geopandas, rtree; print(geopandas.__version__ + ", rtree " + rtree.__version__)'): $(since "$from") s whole process, $(compare "$dir/geopandas")"
else
    echo "geopandas: skipped, not installed (python3-geopandas python3-rtree)"
fi

# ---- GDAL's SQLite dialect, from the CSV
if command -v ogr2ogr >/dev/null; then
    cat >"$dir/points.vrt" <<VRT
<OGRVRTDataSource><OGRVRTLayer name="points"><SrcDataSource>$dir/points.csv</SrcDataSource><LayerSRS>EPSG:4326</LayerSRS>
<GeometryField encoding="PointFromColumns" x="lon" y="lat"/><GeometryType>wkbPoint</GeometryType></OGRVRTLayer></OGRVRTDataSource>
VRT
    from=$EPOCHREALTIME
    if timeout 600 ogr2ogr -f CSV "$dir/gdal.csv" "$dir/points.vrt" -dialect sqlite \
        -sql "SELECT a.id AS id, count(*) AS n FROM '$areas'.areas a JOIN points p ON ST_Contains(a.geometry, p.geometry) GROUP BY a.id" 2>"$dir/said"; then
        echo "GDAL $(gdalinfo --version | sed 's/^GDAL \([0-9.]*\).*/\1/') ogr2ogr -dialect sqlite: $(since "$from") s whole process, $(compare "$dir/gdal.csv")"
    else
        echo "GDAL ogr2ogr -dialect sqlite: no result in $(since "$from") s: $(head -n 1 "$dir/said")"
    fi
else
    echo "GDAL: skipped, not installed (gdal-bin)"
fi
