#!/usr/bin/env bash
# Runs once, on an empty volume: a database and a role of its own for the Iceberg catalog.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -v password="$CATALOG_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE iceberg LOGIN PASSWORD :'password';
CREATE DATABASE iceberg_catalog OWNER iceberg;
REVOKE CONNECT ON DATABASE iceberg_catalog FROM PUBLIC;
SQL
