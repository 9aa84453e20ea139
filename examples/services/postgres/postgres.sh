#!/bin/sh
# A new PostgreSQL at the port that PORT says. It does not run as root, and leaves its files to the next one.
set -e
data=${TMPDIR:-/tmp}/ldfi-postgres-$PORT
rm -rf "$data"
mkdir "$data"
cd "$data"
as=
if [ "$(id -u)" = 0 ]; then
  chown postgres "$data"
  as='runuser -u postgres --'
fi
# Debian has it there, and not where programs are looked for.
PATH=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1):$PATH
$as initdb -D "$data/db" -A trust -U postgres >"$data.log"
exec $as postgres -D "$data/db" -p "$PORT" -k "$data" -c listen_addresses=127.0.0.1 -c fsync=off
