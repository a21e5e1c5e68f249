"""How samples are written down, and how the writers of each technique hand them over.

A middle dot stands inside words that a resident scanner looks for; `plain` takes it out, so that none of these files is
taken for what it makes. All addresses are those reserved for documentation (RFC 2606, RFC 5737).
"""

import base64
import re

SAMPLES = []
"""(rule, content); the rule is None for an ordinary file."""


def plain(text):
    return text.replace("·", "")


def to_bytes(content):
    return content if isinstance(content, bytes) else plain(content).encode()


def sample(rule, *contents):
    """Adds files that `rule` must find."""
    SAMPLES.extend((rule, to_bytes(content)) for content in contents)


def ordinary(*contents):
    """Adds files in which no rule may find anything that stops them."""
    SAMPLES.extend((None, to_bytes(content)) for content in contents)


def script(rule, *texts, case=False, wide=False):
    """Adds each text as it stands, with the line ends of Windows, and (where the language allows) in other forms."""
    for text in map(plain, texts):
        sample(rule, text)
        if "\n" in text:
            sample(rule, text.replace("\n", "\r\n"))
        if case:
            sample(rule, "".join(c.upper() if i % 2 else c.lower() for i, c in enumerate(text)))
        if wide:
            sample(rule, b"\xff\xfe" + text.encode("utf-16-le"))


def spread(text):
    """The text with two blanks or a tab wherever it has one, as people write by hand."""
    return re.sub(r" ", lambda m: "  " if m.start() % 3 else "\t", plain(text))


def b64(content):
    return base64.b64encode(to_bytes(content)).decode()


def b64_wide(text):
    """What `powershell -EncodedCommand` takes: Base64 of UTF-16."""
    return base64.b64encode(plain(text).encode("utf-16-le")).decode()


def hex_of(content):
    return to_bytes(content).hex()
