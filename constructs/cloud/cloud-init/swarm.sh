#!/bin/sh
# Begins the Swarm on the machine that keeps the data, once. Another machine joins by `ops nodes join`.
set -eu

METADATA=http://169.254.169.254/metadata/v1

state() {
  docker info --format '{{.Swarm.LocalNodeState}}'
}

if [ "$(state)" = inactive ]; then
  address=$(curl --fail --silent --show-error --retry 10 --retry-connrefused "$METADATA/interfaces/private/0/ipv4/address")
  docker swarm init --advertise-addr "$address" --default-addr-pool "$SWARM_ADDRESSES" --default-addr-pool-mask-length 24
fi
docker node update --label-add "$DATA_NODE_LABEL=true" "$(docker info --format '{{.Swarm.NodeID}}')"
