-- Makes the database `database`, gives it to `role` and shuts everybody else out.

-- An administrator who is no superuser must be the owner's member, to act in its name.
select format('grant %I to current_user', :'role')
where not (select rolsuper from pg_roles where rolname = current_user) \gexec
select format('create database %I owner %I', :'database', :'role')
where not exists (select from pg_database where datname = :'database') \gexec
select format('alter database %I owner to %I', :'database', :'role')
from pg_database where datname = :'database' and datdba <> (:'role')::regrole \gexec
revoke all on database :"database" from public;
alter role :"role" in database :"database" set idle_in_transaction_session_timeout = '60s';
