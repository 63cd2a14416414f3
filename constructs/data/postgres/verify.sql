-- Fails unless `role` may do in `database`, where this runs, what its `access` says, and no more. `owner` is the
-- database's.
select string_agg(fact, '; ') as wrong, count(*) > 0 as is_wrong
from (
  select format('it is a member of %s', roleid::regrole) from pg_auth_members where member = (:'role')::regrole
  union all
  select 'it may more than sign in' from pg_roles
  where rolname = :'role' and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
  union all
  select format('it can connect to %s', datname) from pg_database
  where datname <> :'database' and datallowconn and pg_has_role(current_user, datdba, 'usage')
    and has_database_privilege(:'role', datname, 'connect')
  union all
  select format('the database belongs to %s', datdba::regrole) from pg_database
  where datname = :'database' and datdba <> (:'owner')::regrole
  union all
  select format('it cannot read %s.%s', nspname, relname) from pg_class c join pg_namespace n on n.oid = relnamespace
  where :'access' <> 'guest' and nspname !~ '^(pg_|information_schema$)' and relkind in ('r', 'p', 'v', 'm', 'f')
    and not (has_schema_privilege(:'role', n.oid, 'usage') and has_table_privilege(:'role', c.oid, 'select'))
  union all
  select format('it can read %s.%s', nspname, relname) from pg_class c join pg_namespace n on n.oid = relnamespace
  where :'access' = 'guest' and nspname !~ '^(pg_|information_schema$)' and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    and has_table_privilege(:'role', c.oid, 'select')
  union all
  select format('it can write %s.%s', nspname, relname) from pg_class c join pg_namespace n on n.oid = relnamespace
  where :'access' <> 'owner' and nspname !~ '^(pg_|information_schema$)' and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    and (has_table_privilege(:'role', c.oid, 'delete, truncate, trigger')
      or has_any_column_privilege(:'role', c.oid, 'insert, update, references'))
  union all
  select 'it can create in the database'
  where :'access' <> 'owner' and has_database_privilege(:'role', :'database', 'create, temporary')
  union all
  select format('it can %s what %s will make', privilege_type, defaclrole::regrole)
  from pg_default_acl, aclexplode(defaclacl)
  where :'access' <> 'owner' and grantee in ((:'role')::regrole, 0) and defaclobjtype in ('r', 'n', 'S')
    and not (:'access' = 'reader' and privilege_type in ('SELECT', 'USAGE'))
  union all
  select format('it can create in the schema %s', nspname) from pg_namespace n
  where :'access' <> 'owner' and nspname !~ '^(pg_|information_schema$)' and has_schema_privilege(:'role', n.oid, 'create')
  union all
  select format('it cannot read what %s will make', :'owner')
  from (values ('r'), ('n')) as kind (type)
  where :'access' = 'reader' and not exists (
    select from pg_default_acl, aclexplode(defaclacl)
    where defaclrole = (:'owner')::regrole and defaclobjtype = kind.type::"char" and defaclnamespace = 0
      and grantee = (:'role')::regrole
  )
) as facts (fact) \gset
\if :is_wrong
  \warn :role 'in' :database':' :wrong
  do 'begin raise exception ''wrong rights''; end';
\endif
