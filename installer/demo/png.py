"""Pictures of screens, read, halved and written as small files."""

import struct
import zlib

from failure import Failure

CHANNELS = {2: 3, 6: 4}  # by PNG colour type: RGB, RGBA


def chunks_of(data):
    place = 8
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place:place + 8])
        yield kind, data[place + 8:place + 8 + length]
        place += 12 + length


def undo_filter(kind, line, above, step):
    for i, value in enumerate(line):
        left = line[i - step] if i >= step else 0
        up = above[i]
        corner = above[i - step] if i >= step else 0
        if kind == 4:
            guess = left + up - corner
            distances = (abs(guess - left), abs(guess - up), abs(guess - corner))
            near = (left, up, corner)[distances.index(min(distances))]
        else:
            near = (0, left, up, (left + up) // 2)[kind]
        line[i] = (value + near) & 0xFF
    return line


def read_png(path):
    """(width, height, rows of RGB bytes); eight bits a channel, not interlaced."""
    data = path.read_bytes()
    parts = list(chunks_of(data))
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", parts[0][1])
    if depth != 8 or colour not in CHANNELS or interlaced:
        raise Failure(f"{path} is no PNG of the kind that the kiosk writes")
    step = CHANNELS[colour]
    raw = zlib.decompress(b"".join(content for kind, content in parts if kind == b"IDAT"))
    rows, above, length = [], bytes(width * step), width * step
    for y in range(height):
        start = y * (length + 1)
        line = bytearray(raw[start + 1:start + 1 + length])
        above = undo_filter(raw[start], line, above, step) if raw[start] else line
        rows.append(above if step == 3 else bytes(b for i, b in enumerate(above) if i % 4 != 3))
    return width, height, rows


def halved(width, height, rows):
    """Each pixel the mean of four."""
    small = []
    for y in range(0, height - 1, 2):
        upper, lower = rows[y], rows[y + 1]
        line = bytearray()
        for x in range(0, (width - 1) * 3, 6):
            for i in (x, x + 1, x + 2):
                line.append((upper[i] + upper[i + 3] + lower[i] + lower[i + 3] + 2) // 4)
        small.append(line)
    return width // 2, height // 2, small


def write_png(path, width, height, rows):
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    above, filtered = bytes(width * 3), bytearray()
    for row in rows:  # filter 2: the difference to the line above; flat screens compress best by it
        filtered += b"\x02" + bytes((a - b) & 0xFF for a, b in zip(row, above))
        above = row
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                     + chunk(b"IDAT", zlib.compress(bytes(filtered), 9)) + chunk(b"IEND", b""))
