#!/bin/sh
# match.sh RULES FILE: prints the names of the rules that match. Exit 0: none; 10: some; anything else: it could not be told.
set -eu
matches=$(yara --no-warnings --timeout=60 "$1" "$2")
[ -n "$matches" ] || exit 0
printf '%s\n' "$matches"
exit 10
