-- Lets `role` connect to the database `database`, and no more.
\connect :"database"
alter role :"role" in database :"database" set idle_in_transaction_session_timeout = '60s';
set role :"owner";
grant connect on database :"database" to :"role";
reset role;
