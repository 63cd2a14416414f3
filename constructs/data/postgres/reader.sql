-- Lets `role` read all that `owner` has in the database `database`, now and later, and no more.
\connect :"database"
set client_min_messages = warning;
alter role :"role" in database :"database" set idle_in_transaction_session_timeout = '60s';
-- Where a grant is wrong one day, this still holds against mistakes.
alter role :"role" in database :"database" set default_transaction_read_only = on;
-- In the owner's name, whose default privileges these are.
set role :"owner";
grant connect on database :"database" to :"role";
select format('grant usage on schema %I to %I', nspname, :'role'),
       format('grant select on all tables in schema %I to %I', nspname, :'role')
from pg_namespace
where nspname !~ '^(pg_|information_schema$)' and pg_has_role(current_user, nspowner, 'usage') \gexec
alter default privileges grant usage on schemas to :"role";
alter default privileges grant select on tables to :"role";
reset role;
