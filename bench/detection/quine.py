"""A gzip file that unpacks to itself, by the method of Russ Cox, "Zip Files All The Way Down" (2010).

Its deflate stream is a program of two operations of one size: L puts out the next bytes as they stand, R puts out once
more what came last. The program below prints itself, with any start before it and any end behind it. The end holds the
checksum of the whole, which stands in what it sums up twice: an equation over GF(2), linear in its 32 bits.
"""

import struct
import zlib

OPERATION = 10  # bytes
EMPTY = b"\0" + struct.pack("<HH", 0, 0xFFFF)  # a stored block without content: the next one begins at a byte


def gzip_quine():
    """A start with another time for each try, until the equation has a solution."""
    for time in range(1, 100):
        start = struct.pack("<BBBBIBB", 0x1F, 0x8B, 8, 0, time, 2, 255)
        made = lambda checksum: program(start, struct.pack("<II", checksum, len(program(start, bytes(8)))))
        checksum = fixed_point(lambda value: zlib.crc32(made(value)))
        if checksum is not None:
            return made(checksum)
    raise AssertionError("no start has a solution")


def program(start, end):
    l_start, r_start = literal(len(start) + OPERATION), repeat(len(start) + OPERATION)
    l_end, r_end = literal(len(end) + OPERATION), repeat(len(end) + OPERATION, last=True)
    l0, l1, l4, r4 = literal(0), literal(OPERATION), literal(4 * OPERATION), repeat(4 * OPERATION)
    pieces = [start, l_start, start, l_start, r_start]
    pieces += [l1, r_start, l1, l1]
    pieces += [l4, r_start, l1, l1, l4, r4]
    pieces += [l4, r4, l4, r4, l4, r4]
    pieces += [l4, r4, l0, l0, l_end, r4]
    pieces += [l0, l0, l_end, r_end, end, r_end, end]
    return b"".join(pieces)


def literal(count):
    return EMPTY + b"\0" + struct.pack("<HH", count, count ^ 0xFFFF)


def repeat(count, last=False):
    """A copy with fixed codes, whole or in two halves, behind as many empty blocks as fill the operation up."""
    for copies in (1, 2):
        block = "010" + (length_bits(count // copies) + distance_bits(count)) * copies + "0" * 7
        while len(block) + 3 <= 8 * (OPERATION - 5):
            block = "010" + "0" * 7 + block
        block += "100" if last else "000"
        if len(block) <= 8 * (OPERATION - 4):
            block = block.ljust(8 * (OPERATION - 4), "0")
            return bytes(int(block[at : at + 8][::-1], 2) for at in range(0, len(block), 8)) + EMPTY[1:]
    raise AssertionError(f"no operation repeats {count} bytes")


def length_bits(length):
    """RFC 1951, 3.2.5: lengths of 3 to 114."""
    code, extra, base = 257, 0, 3
    while length >= base + (1 << extra):
        base += 1 << extra
        code += 1
        extra = max(0, (code - 261) // 4)
    return f"{code - 256:07b}" + low_first(length - base, extra)


def distance_bits(distance):
    code, extra, base = 0, 0, 1
    while distance >= base + (1 << extra):
        base += 1 << extra
        code += 1
        extra = max(0, code // 2 - 1)
    return f"{code:05b}" + low_first(distance - base, extra)


def low_first(value, bits):
    return "".join(str(value >> at & 1) for at in range(bits))


def fixed_point(sum_of):
    """The value that an affine function of 32 bits maps to itself, by elimination; None when there is none."""
    constant = sum_of(0)
    columns = [sum_of(1 << at) ^ constant ^ (1 << at) for at in range(32)]
    rows = [sum((columns[at] >> bit & 1) << at for at in range(32)) | (constant >> bit & 1) << 32 for bit in range(32)]
    for at in range(32):
        pivot = next((row for row in range(at, 32) if rows[row] >> at & 1), None)
        if pivot is None:
            return None
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows = [row ^ rows[at] if other != at and row >> at & 1 else row for other, row in enumerate(rows)]
    return sum((rows[at] >> 32) << at for at in range(32))
