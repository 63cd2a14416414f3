-- Makes the role `role`, with the password in the file of its name.
\set password ''
\set password_file :secrets '/' :role
\set password `cat :'password_file'`
-- A failing statement would be in the server's log with the password in it.
select :'password' ~ '^[A-Za-z0-9]{16,}$' as is_password \gset
\if :is_password
\else
  \warn :password_file 'holds no password of 16 or more letters and digits'
  do 'begin raise exception ''no password''; end';
\endif
select format('create role %I', :'role') where not exists (select from pg_roles where rolname = :'role') \gexec
-- What may not be changed at all must fail without the password in the statement.
alter role :"role" login;
alter role :"role" password :'password';
\unset password
