# Starts InfluxDB, and sets an empty data folder up first.
#
# InfluxDB's set-up is several steps of its own, and what dies in between can neither be set up again
# nor used. So it happens beside the data, and counts once the last file has moved there.
set -eu
beside=$DATA_FOLDER/.set-up
url=http://127.0.0.1:9999

# files_in FOLDER: where InfluxDB keeps its three parts.
files_in() {
  export INFLUXD_BOLT_PATH="$1/influxd.bolt" INFLUXD_SQLITE_PATH="$1/influxd.sqlite" INFLUXD_ENGINE_PATH="$1/engine"
}

set_up() {
  mkdir "$beside"
  files_in "$beside"
  # Whoever comes first may set it up, so nobody else must see it yet.
  INFLUXD_HTTP_BIND_ADDRESS=127.0.0.1:9999 influxd &
  server=$!
  trap 'kill "$server"' EXIT
  until curl -fs -o /dev/null "$url/health"; do
    kill -0 "$server"
    sleep 0.2
  done
  printf '{"username":"administrator","password":"%s","org":"%s","bucket":"unused","retentionPeriodSeconds":3600,"token":"%s"}' \
    "$(cat "$PASSWORD_FILE")" "$ORGANIZATION" "$(cat "$TOKEN_FILE")" |
    curl -fsS -o /dev/null --data-binary @- "$url/api/v2/setup"
  printf 'Authorization: Token %s' "$(cat "$TOKEN_FILE")" |
    curl -fsS -o /dev/null -H @- "$url/api/v2/orgs?org=$ORGANIZATION"
  trap - EXIT
  kill "$server"
  wait "$server" || :
  mv "$beside/influxd.sqlite" "$beside/engine" "$DATA_FOLDER"
  sync
  mv "$beside/influxd.bolt" "$DATA_FOLDER"
}

# It would read a configuration file of the folder that it is started in.
cd "$DATA_FOLDER"
if ! test -e "$DATA_FOLDER/influxd.bolt"; then
  if test -e "$beside"; then
    rm -rf "$DATA_FOLDER/engine" "$DATA_FOLDER/influxd.sqlite" "$beside"
  elif test -e "$DATA_FOLDER/engine"; then
    echo "There are measurements in $DATA_FOLDER and no influxd.bolt, which says whose they are: restore a backup." >&2
    exit 1
  fi
  set_up
fi
rm -rf "$beside"
files_in "$DATA_FOLDER"
exec influxd
