#!/usr/bin/env bash
# Checks what can be checked of the stack on this machine; says what it had to leave out.
# BUILD_IMAGE and RUNTIME_IMAGE, or BASE_IMAGE for both, take the place of the official images (JDK 17, Maven, bash).
set -euo pipefail
cd "$(dirname "$0")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

say() { printf '%s\n' "$*" >&2; }
fail() { say "FAILED: $*"; exit 1; }

check_scripts() {
    local script
    for script in ./*.sh postgres/*.sh; do
        bash -n "$script"
    done
    say "ok: scripts parse"
}

check_settings() {
    ./init.sh "$work/env" 2> "$work/said"
    [ "$(stat -c %a "$work/env")" = 600 ] || fail "init.sh: others can read the settings"
    if grep -qE '^[A-Z0-9_]+=$' "$work/env"; then fail "init.sh left a secret empty"; fi
    if ./init.sh "$work/env" 2> "$work/said"; then fail "init.sh replaced existing settings"; fi
    say "ok: init.sh writes random secrets once, for their owner only"
}

compose() {
    if docker compose version > "$work/version" 2>&1; then docker compose "$@"; else docker-compose "$@"; fi
}

check_compose() {
    compose --env-file "$work/env" -f docker-compose.yml config > "$work/config"
    if compose --env-file .env.example -f docker-compose.yml config > "$work/config.empty" 2> "$work/said"; then
        fail "the stack would start with empty passwords"
    fi
    if grep -E '^ +(ports: \[|- )"[^"]*:[0-9]+"' docker-compose.yml | grep -v '"127\.0\.0\.1:'; then
        fail "a port is published on more than 127.0.0.1"
    fi
    say "ok: compose file is valid, wants secrets, publishes on 127.0.0.1 only"
}

check_alerts() {
    promtool check config prometheus/prometheus.yml > "$work/said"
    (cd prometheus && promtool test rules alerts_test.yml > "$work/said")
    say "ok: Prometheus' configuration and alerts"
}

in_image() { docker run --rm --network none --entrypoint "$1" "$image" "${@:2}"; }

check_image() {
    local image=vaultline:check name value arguments=()
    for name in BUILD_IMAGE RUNTIME_IMAGE; do
        value="${!name:-${BASE_IMAGE:-}}"
        [ -z "$value" ] || arguments+=(--build-arg "$name=$value")
    done
    docker build -q -f Dockerfile -t "$image" "${arguments[@]}" .. > "$work/said"
    docker run --rm --network none "$image" --help > "$work/help" 2>&1 || fail "--help fails in the image"
    [ "$(in_image id -u)" = 10001 ] || fail "the image does not run as its own user"
    [ "$(in_image ls -A /opt/vaultline | xargs)" = "cdc-runner.jar lib" ] || fail "the image holds more than the jar and its libraries"
    local health
    health="$(docker image inspect -f '{{index .Config.Healthcheck.Test 3}}' "$image")"
    if in_image bash -c "$health" 2> "$work/said"; then fail "the image is healthy with nothing running"; fi
    say "ok: image builds, shows its help, runs as user 10001 ($(docker image inspect -f '{{.Size}}' "$image" | numfmt --to=si))"
}

have() { command -v "$1" > /dev/null; }

check_scripts
check_settings
if have docker-compose || have docker; then check_compose; else say "left out: the compose file, no docker-compose here"; fi
if have promtool; then check_alerts; else say "left out: Prometheus' configuration, no promtool here"; fi
if have docker && docker info > "$work/info" 2>&1; then check_image; else say "left out: the image, no Docker engine answers"; fi
