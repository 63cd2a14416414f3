CREATE TABLE sprocket.round_trip (
  id text PRIMARY KEY,
  parsed jsonb NOT NULL
);
