#!/usr/bin/env bash
# Writes the stack's settings with random secrets, readable by their owner only. Usage: init.sh [FILE], default .env here.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
target="${1:-$here/.env}"

if [ -e "$target" ]; then
    echo "$target is there already and stays as it is: the volumes' passwords are in it." >&2
    exit 1
fi

random() { od -An -N20 -tx1 /dev/urandom | tr -d ' \n'; }

umask 077
while IFS= read -r line; do
    if [[ $line =~ ^[A-Z0-9_]+=$ ]]; then
        line="$line$(random)"
    fi
    printf '%s\n' "$line"
done < "$here/.env.example" > "$target.new"
mv "$target.new" "$target"
echo "wrote $target" >&2
