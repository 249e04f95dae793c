"""The hash contract of docs/hash-contract.md once more, and the golden vectors that it makes.

Written from the document, not from the Java code, so that no implementation is its own oracle.

    python3 transforms/src/test/python/hash_vectors.py          fails if the committed vectors differ
    python3 transforms/src/test/python/hash_vectors.py --write  writes them
"""

import hashlib
import json
import random
import struct
import sys
from decimal import Context, Decimal
from pathlib import Path

FILE = Path(__file__).parents[1] / "resources/io/vaultline/vault/hash/hash-vectors.json"
EXACT = Context(prec=4000)
DAY = 86_400_000_000
INTEGERS = ("INT16", "INT32", "INT64", "DATE", "TIME", "TIMESTAMP", "TIMESTAMP_TZ")
SPECIAL = ("NaN", "Infinity", "-Infinity")


def number(text):
    """Digits only: no exponent, no plus, nothing that does not change the number."""
    if text in SPECIAL:
        return text
    value = Decimal(text)
    if value == 0:
        return "0"
    return format(EXACT.normalize(value), "f")


def floating(text, pattern, nan):
    value = float(text)
    return nan if value != value else struct.pack(pattern, value).hex()


def ruled(text, rules):
    """Rules know ASCII only, so that no engine's tables of letters matter."""
    for rule in rules:
        if rule == "trimmed":
            text = text.strip(" ")
        else:
            change = str.upper if rule == "upper" else str.lower
            text = "".join(change(c) if c.isascii() else c for c in text)
    return text


def canonical(part):
    kind, value = part["type"], part["value"]
    if kind == "BYTES":
        return bytes.fromhex(value)
    if kind == "BOOLEAN":
        text = value
    elif kind in INTEGERS:
        text = str(int(value))
    elif kind.startswith("DECIMAL") or kind == "NUMERIC":
        text = number(value)
    elif kind == "FLOAT32":
        text = floating(value, ">f", "7fc00000")
    elif kind == "FLOAT64":
        text = floating(value, ">d", "7ff8000000000000")
    elif kind == "UUID":
        text = value.lower()
    elif kind in ("TEXT", "JSON"):
        text = ruled(value, part.get("rules", []))
    else:
        raise ValueError(kind)
    return text.encode()


def encoded(part):
    if part["type"] == "NULL":
        return b"\xff\xff\xff\xff"
    if part["type"] == "UNAVAILABLE":
        return b"\xff\xff\xff\xfe"
    value = canonical(part)
    return len(value).to_bytes(4, "big") + value


def lacking(parts):
    """Engines that have no such value, as the contract says: Trino's times end before 24:00."""
    times = [int(part["value"]) for part in parts if part["type"] == "TIME"]
    return {"not_in": ["trino"]} if any(time >= DAY for time in times) else {}


def case(parts):
    data = b"".join(encoded(part) for part in parts)
    whole = hashlib.sha256(data).hexdigest()
    return {
        "parts": parts,
        "bytes": data.hex(),
        "sha_256_128": whole[:32],
        "md5": hashlib.md5(data).hexdigest(),
        "sha_256": whole,
        **lacking(parts),
    }


def part(kind, value, **more):
    return {"type": kind, "value": value, **more}


NINES = "9" * 38
TEXTS = [
    "", " ", "a", "ab", "A", "NULL", "null", "\\N", "'", '"', "`", "\\", "\n", "\t\r", "\x00", "\x00\x00\x00\x01a", "\x7f",
    "é", "é", "ß", "İ", "ΑΣ", "日本語", "😀", "👩‍👩‍👧", "\u00a0", "\u2028", "\ufeff",
    "$1", "%s", "{}", "--", "/*", "a,b;c|d||e", "x" * 255, "x" * 256, "ü" * 500,
]  # fmt: skip
VALUES = {
    "BOOLEAN": ["true", "false"],
    "INT16": ["0", "-1", "-32768", "32767"],
    "INT32": ["0", "7", "-2147483648", "2147483647"],
    "INT64": ["0", "-1", "42", "-9223372036854775808", "9223372036854775807"],
    "DECIMAL(12,2)": ["0.00", "-0.10", "12.50", "-12.00", "100.00", "9999999999.99"],
    "DECIMAL(38,0)": ["0", "10", NINES, "-" + NINES],
    "DECIMAL(38,10)": ["0.0000000001", "-0.1000000000", "18446744073709551616.5000000000"],
    "DECIMAL(38,38)": ["-0." + NINES, "0." + "0" * 37 + "1"],
    "NUMERIC": [
        "0", "-0", "0.000", "-0.0", "+0", ".5", "-.5", "5.", "-5.", "1.5000", "00012.3400", "-000", "007", "10", "100.00",
        "+100.", "1000000", "0.10", "10.01", "NaN", "Infinity", "-Infinity", "123456789" * 30 + "." + "987654321" * 30 + "0",
        "-0." + "0" * 50 + "10",
    ],  # fmt: skip
    "FLOAT32": ["0.0", "-0.0", "1.5", "0.1", "-3.4028235E38", "1.4E-45", "16777216", "NaN", "Infinity", "-Infinity"],
    "FLOAT64": [
        "0.0", "-0.0", "1.5", "0.1", "1.7976931348623157E308", "4.9E-324", "-2.2250738585072014E-308", "9007199254740993",
        "NaN", "Infinity", "-Infinity",
    ],  # fmt: skip
    "TEXT": TEXTS,
    "JSON": ["{}", "null", '{"a": [1, 2.0, "\\u0000"], "b": null}', ""],
    "BYTES": ["", "00", "ff", "00ff5c0a0927", "c328", bytes(range(256)).hex()],
    "DATE": ["0", "-1", "19675", "-25567", "-719162", "-2440588", "2932896", "2147483647", "-2147483648"],
    "TIME": ["0", "1", "43200500000", "86399999999", "86400000000"],
    "TIMESTAMP": [
        "0", "-1", "-999999", "-1000000", "-1000001", "1700000000123456", "253402300799999999", "-62198755199999999",
        "9223372036854775807", "-9223372036854775808",
    ],  # fmt: skip
    "TIMESTAMP_TZ": [
        "0", "-1", "-999999", "-1000001", "1700000000123456", "1711848600000000", "253402300799999999",
        "9223372036854775807", "-9223372036854775808",
    ],  # fmt: skip
    "UUID": [
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "123E4567-E89B-12D3-A456-426614174000",
    ],  # fmt: skip
}
RULES = [["trimmed"], ["upper"], ["lower"], ["trimmed", "upper"]]
RULED = ["  Ab c  ", " \t ", "straße İ", "AZ az @[`{", ""]


def cases():
    singles = [part(kind, value) for kind, values in VALUES.items() for value in values]
    nulls = [part("NULL", "", of=kind) for kind in VALUES]
    ruled_parts = [part("TEXT", text, rules=rules) for rules in RULES for text in RULED]
    every = [*singles, *nulls, *ruled_parts, part("UNAVAILABLE", "")]
    for single in every:
        yield [single]
    chance = random.Random(1)
    for _ in range(100):
        yield [part("TEXT", chance.choice(["pg", "mongo"])), *chance.sample(every, chance.randint(1, 6))]


def checked(vectors):
    """What stands there already has to stay: stored keys depend on it."""
    for value in vectors["values"]:
        assert canonical(value).hex() == value["bytes"], value
    for vector in vectors["hashes"]:
        made = case(vector["parts"])
        assert (made["bytes"], made["sha_256_128"]) == (vector["bytes"], vector["hash"]), vector
    return vectors


def line(value):
    return json.dumps(value, ensure_ascii=True)


def text(vectors):
    def group(name):
        return f'  "{name}": [\n    ' + ",\n    ".join(line(vector) for vector in vectors[name]) + "\n  ]"

    return f'{{\n  "version": {vectors["version"]},\n' + ",\n".join(map(group, ("values", "hashes", "cases"))) + "\n}\n"


def main():
    committed = FILE.read_text(encoding="utf-8")
    vectors = checked(json.loads(committed))
    vectors["cases"] = [case(parts) for parts in cases()]
    if "--write" in sys.argv[1:]:
        FILE.write_text(text(vectors), encoding="utf-8")
        print(f"{len(vectors['cases'])} cases written")
    elif text(vectors) != committed:
        sys.exit(f"{FILE.name} is not what this script makes of the contract")
    else:
        print(f"{len(vectors['cases'])} cases are what the contract says")


if __name__ == "__main__":
    main()
