#!/bin/sh
# A new RabbitMQ at the port that PORT says, with what it needs at the next two. It leaves its files to the next one.
set -e
data=${TMPDIR:-/tmp}/ldfi-rabbitmq-$PORT
rm -rf "$data"
mkdir "$data"
cd "$data"
export HOME="$data" RABBITMQ_NODENAME="ldfi-$PORT@localhost" RABBITMQ_NODE_PORT="$PORT" \
  RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_DIST_PORT=$((PORT + 1)) \
  ERL_EPMD_PORT=$((PORT + 2)) ERL_EPMD_ADDRESS=127.0.0.1 \
  RABBITMQ_MNESIA_BASE="$data" RABBITMQ_LOG_BASE="$data" RABBITMQ_ENABLED_PLUGINS_FILE="$data/plugins" \
  RABBITMQ_CONFIG_FILE="$data/none"
as=
if [ "$(id -u)" = 0 ]; then
  chown rabbitmq "$data"
  as='runuser -u rabbitmq --'
fi
# Or the server would start one that stays.
$as epmd &
# Debian has it there; what is in the path takes no other places than its own.
exec $as /usr/lib/rabbitmq/bin/rabbitmq-server >"$data/log" 2>&1
