#!/usr/bin/env bash
# Sends a record of the log once more, byte for byte and under its own key: send-again.sh PARTITION OFFSET
set -euo pipefail
kafka=${KAFKA_BOOTSTRAP_SERVERS:-127.0.0.1:9092}
topic=memory.interactions
to=${MEMORY_TOPIC:-$topic}
partition=${1:?usage: send-again.sh PARTITION OFFSET}
offset=${2:?usage: send-again.sh PARTITION OFFSET}

record=$(mktemp)
trap 'rm -f "$record"' EXIT
read_one() { kcat -C -q -e -b "$kafka" -t "$topic" -p "$partition" -o "$offset" -c 1 "$@"; }

key=$(read_one -f '%k')
# A plain %s: the value's bytes and nothing behind them.
read_one -f '%s' >"$record"
test -s "$record" || { echo "no record at offset $offset of partition $partition" >&2; exit 1; }

# murmur2_random chooses partitions as Java's producer does, so that all records of a user share one.
kcat -P -b "$kafka" -t "$to" -k "$key" -X partitioner=murmur2_random -X enable.idempotence=true "$record"
echo "sent again to $to: $(wc -c <"$record") bytes with the key $key"
