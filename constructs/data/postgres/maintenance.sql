-- Shuts everybody out of each database that is the administrator's to close: one that nobody declared is open to every
-- role. Owners and readers are let in to their own again by what follows.
select format('revoke all on database %I from public', datname)
from pg_database
where datallowconn and (datname = current_database() or pg_has_role(current_user, datdba, 'usage')) \gexec
