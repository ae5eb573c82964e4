#!/usr/bin/env python3
"""Check gongkai's ledger without gongkai.

    verify.py proof FILE --key KEY      one proof, downloaded from a page; with
                                        --entry FILE if the entry came apart
    verify.py log ADDRESS --key KEY     the whole log: an address or a folder
    verify.py grown ADDRESS OLD --key KEY
                                        the log still begins with what the
                                        checkpoint in the file OLD said

KEY is the log's public key, "name+hash+base64", or a file that holds it. Take
it from somewhere else than the site you are checking. Needs Python 3.8 and
nothing else. Formats: C2SP tlog-tiles, tlog-checkpoint, tlog-proof, signed-note;
hashes as in RFC 6962; signatures as in RFC 8032 (Ed25519).
"""
import argparse
import base64
import hashlib
import json
import os
import sys
import urllib.request


class Wrong(Exception):
    """The evidence does not hold."""


# --- Ed25519, from RFC 8032 ---------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * SQRT_M1 % P
    if (x * x - x2) % P:
        return None
    return P - x if (x & 1) != sign else x


GY = 4 * pow(5, P - 2, P) % P
GX = recover_x(GY, 0)
G = (GX, GY, 1, GX * GY % P)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(s, p):
    q = (0, 1, 1, 0)
    while s:
        if s & 1:
            q = add(q, p)
        p = add(p, p)
        s >>= 1
    return q


def point(b):
    y = int.from_bytes(b, "little")
    sign = y >> 255
    y &= (1 << 255) - 1
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def ed25519(public, message, signature):
    a, r = point(public), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = times(s, G), add(r, times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- signed notes and checkpoints ---------------------------------------------


def read_key(text):
    if os.path.exists(text):
        with open(text, encoding="utf-8") as f:
            text = f.read()
    name, hashed, data = text.strip().split("+", 2)
    raw = base64.b64decode(data, validate=True)
    if raw[0] != 1 or len(raw) != 33:
        raise Wrong("the key is not an Ed25519 key")
    if hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4].hex() != hashed:
        raise Wrong("the key does not fit its own hash")
    return name, bytes.fromhex(hashed), raw[1:]


def open_checkpoint(note, key):
    """Return (size, root) of a checkpoint that the key signed."""
    name, hashed, public = key
    text, sep, signatures = note.partition("\n\n")
    if not sep:
        raise Wrong("the checkpoint has no signature")
    text += "\n"
    for line in signatures.splitlines():
        parts = line.split(" ")
        if len(parts) == 3 and parts[0] == "\u2014" and parts[1] == name:
            raw = base64.b64decode(parts[2], validate=True)
            if raw[:4] == hashed:
                if not ed25519(public, text.encode(), raw[4:]):
                    raise Wrong("the signature on the checkpoint is wrong")
                break
    else:
        raise Wrong("the checkpoint is not signed by " + name)
    lines = text.split("\n")
    if lines[0] != name:
        raise Wrong("the checkpoint belongs to another log: " + lines[0])
    return int(lines[1]), base64.b64decode(lines[2], validate=True)


# --- the tree of RFC 6962 -----------------------------------------------------


def leaf_hash(data):
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes):
    """The root over a list of leaf hashes."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    stack = []  # roots of complete subtrees, largest first, with their sizes
    for h in hashes:
        size = 1
        while stack and stack[-1][0] == size:
            h = node_hash(stack.pop()[1], h)
            size *= 2
        stack.append((size, h))
    h = stack.pop()[1]
    while stack:
        h = node_hash(stack.pop()[1], h)
    return h


def root_from_path(index, size, h, path):
    """The root that an audit path leads to (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        raise Wrong("the entry lies outside the log")
    fn, sn = index, size - 1
    for p in path:
        if sn == 0:
            raise Wrong("the path is too long")
        if fn & 1 or fn == sn:
            h = node_hash(p, h)
            while fn and not fn & 1:
                fn >>= 1
                sn >>= 1
        else:
            h = node_hash(h, p)
        fn >>= 1
        sn >>= 1
    if sn:
        raise Wrong("the path is too short")
    return h


# --- the three questions ------------------------------------------------------


def check_proof(text, key, leaf=None):
    lines = text.split("\n")
    if lines[0] != "c2sp.org/tlog-proof@v1":
        raise Wrong("this is not a proof")
    if lines[1].startswith("extra "):
        if leaf is None:
            leaf = base64.b64decode(lines[1][6:], validate=True)
        del lines[1]
    if leaf is None:
        raise Wrong("the proof does not carry its entry: give it with --entry")
    if not lines[1].startswith("index "):
        raise Wrong("this is not a proof")
    index = int(lines[1][6:])
    end = lines.index("")
    path = [base64.b64decode(line, validate=True) for line in lines[2:end]]
    size, root = open_checkpoint("\n".join(lines[end + 1:]), key)
    if root_from_path(index, size, leaf_hash(leaf), path) != root:
        raise Wrong("the entry is not in the log")
    entry = json.loads(leaf)
    if entry["seq"] != index:
        raise Wrong("the entry says it stands elsewhere")
    return entry, size


def fetch(place, path):
    if place.startswith(("http://", "https://")):
        with urllib.request.urlopen(place.rstrip("/") + "/" + path, timeout=60) as r:
            return r.read()
    with open(os.path.join(place, path), "rb") as f:
        return f.read()


def tile_name(index, width):
    digits = "%03d" % index
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i:i + 3] for i in range(0, len(digits), 3)]
    name = "/".join(["x" + g for g in groups[:-1]] + groups[-1:])
    return name if width == 256 else "%s.p/%d" % (name, width)


def entries_of(place, size):
    """Yield the bytes of each entry in order."""
    for index in range(-(-size // 256)):
        width = min(256, size - index * 256)
        data = fetch(place, "tile/entries/" + tile_name(index, width))
        count, at = 0, 0
        while at < len(data):
            n = int.from_bytes(data[at:at + 2], "big")
            yield data[at + 2:at + 2 + n]
            at += 2 + n
            count += 1
        if count != width:
            raise Wrong("bundle %d holds %d entries, not %d" % (index, count, width))


def check_log(place, key):
    size, root = open_checkpoint(fetch(place, "checkpoint").decode(), key)
    hashes, last = [], ""
    for data in entries_of(place, size):
        entry = json.loads(data)
        if entry["seq"] != len(hashes):
            raise Wrong("entry %d says it is number %d" % (len(hashes), entry["seq"]))
        if entry["time"] < last:
            raise Wrong("entry %d is older than the one before it" % len(hashes))
        last = entry["time"]
        hashes.append(leaf_hash(data))
    if root_of(hashes) != root:
        raise Wrong("the entries do not lead to the signed root")
    return hashes, last


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("what", choices=["proof", "log", "grown"])
    ask.add_argument("place")
    ask.add_argument("old", nargs="?")
    ask.add_argument("--key", required=True)
    ask.add_argument("--entry")
    a = ask.parse_args()
    try:
        key = read_key(a.key)
        if a.what == "proof":
            leaf = None
            if a.entry:
                with open(a.entry, "rb") as f:
                    leaf = f.read()
            with open(a.place, encoding="utf-8") as f:
                entry, size = check_proof(f.read(), key, leaf)
            print(json.dumps(entry, ensure_ascii=False, indent=2))
            print("The entry above is number %d of %d in the log %s." % (entry["seq"], size, key[0]))
        elif a.what == "log":
            hashes, last = check_log(a.place, key)
            print("%d entries lead to the signed root; the last is of %s." % (len(hashes), last))
        else:
            if not a.old:
                ask.error("grown needs the file of an older checkpoint")
            with open(a.old, encoding="utf-8") as f:
                size, root = open_checkpoint(f.read(), key)
            hashes, _ = check_log(a.place, key)
            if size > len(hashes) or root_of(hashes[:size]) != root:
                raise Wrong("the log no longer begins with what it said at size %d" % size)
            print("The log of %d entries begins with the %d of the older checkpoint." % (len(hashes), size))
    except (Wrong, ValueError, KeyError, IndexError, OSError) as e:
        print("does not hold: %s" % e, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
