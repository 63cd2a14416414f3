-- Shuts everybody out of the databases that come with the server, where they are the administrator's to close.
select format('revoke all on database %I from public', datname)
from pg_database
where datname in ('postgres', 'template1') and pg_has_role(current_user, datdba, 'usage') \gexec
