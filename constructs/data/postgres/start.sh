# Starts PostgreSQL, and makes an empty data folder first.
set -eu
export PGDATA="$DATA_FOLDER/cluster"

if ! test -e "$PGDATA"; then
  # Made beside it, because a cluster that was interrupted while it was made looks like a whole one.
  rm -rf "$PGDATA.new"
  initdb --pgdata="$PGDATA.new" --username="$ADMINISTRATOR" --pwfile="$PASSWORD_FILE" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --data-checksums
  mv "$PGDATA.new" "$PGDATA"
fi

# The password may be another than the one that the cluster was made with. No error may show it.
printf "alter role %s password '%s';\n" "$ADMINISTRATOR" "$(cat "$PASSWORD_FILE")" |
  postgres --single -c log_min_error_statement=panic postgres >/dev/null

exec postgres "$@"
