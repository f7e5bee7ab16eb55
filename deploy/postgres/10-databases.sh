#!/bin/sh
# Runs once, on an empty data folder: a role and databases each for PieCrust and for Temporal.
set -eu

psql --username "$POSTGRES_USER" --no-psqlrc --quiet \
  --set ON_ERROR_STOP=1 \
  --set temporal_password="$TEMPORAL_DATABASE_PASSWORD" \
  --set piecrust_password="$PIECRUST_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
CREATE ROLE piecrust LOGIN PASSWORD :'piecrust_password';
CREATE DATABASE piecrust OWNER piecrust;
REVOKE CONNECT ON DATABASE temporal, temporal_visibility, piecrust FROM PUBLIC;
SQL
