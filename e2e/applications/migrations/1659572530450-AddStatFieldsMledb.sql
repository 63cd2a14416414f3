ALTER TABLE mledb.player ADD COLUMN dribble_time double precision;
