"""analyse.py FILE: looks for what scripts of attackers do, and prints its verdict as a JSON document. It runs nothing."""

import json
import re
import sys

# name, severity, what a line has to hold
SIGNS = [
    ("fetch_and_run", "suspicious", rb"\b(curl|wget|fetch)\b[^|;\n]{0,300}\|\s*(sudo\s+)?(ba|da|z|k)?sh\b"),
    ("decode_and_run", "suspicious", rb"\bbase64\s+(-d|-D|--decode)\b[^;\n]{0,300}\|\s*(ba|da|z|k)?sh\b"),
    ("decode_and_run", "suspicious", rb"\b(eval|exec|assert)\s*\(\s*(base64[._]b64decode|base64_decode|atob|gzinflate|zlib\.decompress)\b"),
    ("reverse_shell", "malicious", rb"/dev/(tcp|udp)/[^\s/]{1,255}/\d{1,5}"),
    ("reverse_shell", "malicious", rb"\b(nc|ncat|netcat)\b[^|;\n]{0,200}\s-[a-z]*[ec]\s*/?\S{0,20}sh\b"),
    ("web_shell", "malicious", rb"\b(eval|assert|system|passthru|shell_exec)\s*\(\s*\$_(GET|POST|REQUEST|COOKIE)\b"),
]
PATTERNS = [(name, severity, re.compile(sign, re.IGNORECASE)) for name, severity, sign in SIGNS]
MOST_FINDINGS = 20


def findings_in(path):
    findings = []
    with open(path, "rb") as script:
        for number, line in enumerate(script, start=1):
            for name, severity, pattern in PATTERNS:
                match = pattern.search(line)
                if match is None or len(findings) == MOST_FINDINGS:
                    continue
                seen = match.group(0)[:120].decode("utf-8", "replace")
                findings.append({"name": name, "severity": severity, "category": "script", "evidence": f"line {number}: {seen}"})
    return findings


def main():
    findings = findings_in(sys.argv[1])
    document = {"verdict": "found", "findings": findings} if findings else {"verdict": "clean"}
    print(json.dumps(document))


# any failure ends with a code other than 0, and then nothing is proven
main()
