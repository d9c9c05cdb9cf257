"""Every file of a run as it lies and as it reads unpacked: streams of a PDF, chunks of a PNG,
pages and values of a GeoPackage, what a page holds as base64."""
import base64
import html
import os
import re
import sqlite3
import struct
import subprocess
import zlib


def of_pdf(path):
    return [
        subprocess.run(
            ["qpdf", "--qdf", "--object-streams=disable", path, "-"],
            check=True,
            stdout=subprocess.PIPE,
        ).stdout
    ]


def of_png(data):
    """The chunks, and what is packed in them."""
    parts, at = [], 8
    while at + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + size]
        parts.append(body)
        if kind in (b"zTXt", b"iTXt", b"iCCP"):
            for start in range(len(body)):
                if body[start : start + 1] == b"\x78":
                    try:
                        parts.append(zlib.decompressobj().decompress(body[start:]))
                        break
                    except zlib.error:
                        pass
        at += 12 + size
    return parts


def of_gpkg(path):
    """Every value of every table, views and shadow tables too."""
    base = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    parts = []
    for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        try:
            rows = base.execute('SELECT * FROM "%s"' % name).fetchall()
        except (
            sqlite3.OperationalError
        ):  # an index of a kind that this sqlite lacks; its pages are read as they lie
            continue
        for row in rows:
            parts += [v if isinstance(v, bytes) else str(v).encode() for v in row if v is not None]
    base.close()
    return [b"\n".join(parts)]


def plain(text, data):
    """Without escapes, where that is another text."""
    clear = html.unescape(text).encode()
    return [] if clear == data or b"&#" not in data else [clear]


def of_html(data):
    text = data.decode()
    parts = plain(text, data)
    for packed in re.findall(r"base64,([A-Za-z0-9+/=]+)", text):
        inner = base64.b64decode(packed)
        parts.append(inner)
        if inner[:4] == b"\x89PNG":
            parts += of_png(inner)
    return parts


def files(directory):
    """(name, [bytes as they lie, bytes unpacked...]) of every file."""
    for where, _, names in sorted(os.walk(directory)):
        for name in sorted(names):
            path = os.path.join(where, name)
            with open(path, "rb") as f:
                data = f.read()
            parts = [data]
            if name.endswith(".pdf"):
                parts += of_pdf(path)
            elif name.endswith(".png"):
                parts += of_png(data)
            elif name.endswith(".gpkg"):
                parts += of_gpkg(path)
            elif name.endswith(".html"):
                parts += of_html(data)
            elif name.endswith(".svg"):
                parts += plain(data.decode(), data)
            yield os.path.relpath(path, directory), parts
