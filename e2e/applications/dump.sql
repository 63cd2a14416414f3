--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);

CREATE SCHEMA mledb;
CREATE SCHEMA mledb_bridge;
CREATE SCHEMA sprocket;

CREATE TABLE mledb.player (
    id integer NOT NULL,
    name character varying NOT NULL,
    dribble_time double precision
);

CREATE TABLE mledb_bridge.player_to_player (
    id integer NOT NULL,
    mledb_player_id integer NOT NULL,
    sprocket_player_id integer NOT NULL
);

CREATE TABLE sprocket.image_template (
    id integer NOT NULL,
    "reportCode" character varying NOT NULL,
    "displayName" character varying NOT NULL
);

CREATE TABLE public.migrations (
    id integer NOT NULL,
    "timestamp" bigint NOT NULL,
    name character varying NOT NULL
);

CREATE SEQUENCE public.migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.migrations_id_seq OWNED BY public.migrations.id;

ALTER TABLE ONLY public.migrations ALTER COLUMN id SET DEFAULT nextval('public.migrations_id_seq'::regclass);

INSERT INTO mledb.player (id, name, dribble_time) VALUES (1, 'Rocket', 12.5);

INSERT INTO sprocket.image_template (id, "reportCode", "displayName") VALUES (1, 'scrim_report', 'Scrim report');

INSERT INTO public.migrations (id, "timestamp", name) VALUES (1, 1659572530450, 'AddStatFieldsMledb1659572530450');

SELECT pg_catalog.setval('public.migrations_id_seq', 1, true);

ALTER TABLE ONLY mledb.player
    ADD CONSTRAINT player_pkey PRIMARY KEY (id);

ALTER TABLE ONLY mledb_bridge.player_to_player
    ADD CONSTRAINT player_to_player_pkey PRIMARY KEY (id);

ALTER TABLE ONLY sprocket.image_template
    ADD CONSTRAINT image_template_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (id);
