ALTER TABLE sprocket.no_such_table ADD COLUMN nothing text;
