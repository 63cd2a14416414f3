# Restores a dump of the schema into a database that has nothing in it, and says why where it does not.
tables() {
  psql -X -A -t -q -v ON_ERROR_STOP=1 -c "
    select count(*) from pg_class c join pg_namespace n on n.oid = relnamespace
    where nspname !~ '^(pg_|information_schema\$)' and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')"
}

has_dump() {
  base64 -d <"$DUMP_FILE" 2>/dev/null | gunzip -t 2>/dev/null
}

PGPASSWORD=$(cat "$PASSWORD_FILE")
export PGPASSWORD
until pg_isready -q; do sleep 1; done
count=$(tables)

if [ "$1" = prove ]; then
  if [ "$count" -gt 0 ] || [ "$WITHOUT_SCHEMA" = allowed ]; then
    exit 0
  fi
  echo "The database $PGDATABASE has no tables." >&2
  exit 1
fi

if [ "$count" -gt 0 ]; then
  echo "The database $PGDATABASE has $count tables, views and sequences: nothing is restored over them."
elif has_dump; then
  echo "The database $PGDATABASE is empty: the dump is restored."
  # All of it or nothing.
  base64 -d <"$DUMP_FILE" | gunzip -c | psql -X -q -1 -v ON_ERROR_STOP=1 >/dev/null
elif [ "$WITHOUT_SCHEMA" = allowed ]; then
  echo "The database $PGDATABASE is empty and stays so: nobody brought a dump of its schema (TF_VAR_schema_dump)."
else
  echo "The database $PGDATABASE is empty, and nobody brought a dump of its schema, without which no migration can begin: write the path of one into TF_VAR_schema_dump." >&2
  exit 1
fi
