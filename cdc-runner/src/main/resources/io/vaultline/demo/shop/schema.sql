-- The shop's tables. Purchases, cancellations and ratings are documents in MongoDB.
CREATE SCHEMA shop;

CREATE TABLE shop.users (
    id            bigint PRIMARY KEY,
    account       uuid NOT NULL UNIQUE,
    email         text NOT NULL,
    full_name     text NOT NULL,
    -- never leaves the source: the demo's pipeline excludes this column
    password_hash text NOT NULL,
    born          date,
    newsletter    boolean NOT NULL DEFAULT false,
    created_at    timestamptz NOT NULL
);

CREATE TABLE shop.sellers (
    id         integer PRIMARY KEY,
    name       text NOT NULL,
    country    char(2) NOT NULL,
    commission numeric(5, 4) NOT NULL,
    joined     date NOT NULL
);

CREATE TABLE shop.categories (
    id        integer PRIMARY KEY,
    parent_id integer REFERENCES shop.categories,
    name      text NOT NULL
);

CREATE TABLE shop.products (
    id          bigint PRIMARY KEY,
    seller_id   integer NOT NULL REFERENCES shop.sellers,
    category_id integer NOT NULL REFERENCES shop.categories,
    name        text NOT NULL,
    price       numeric(12, 2) NOT NULL CHECK (price > 0),
    attributes  jsonb NOT NULL,
    -- a few kilobytes that don't compress, so that it is stored out of line (TOAST)
    description text NOT NULL,
    weight_kg   double precision,
    updated_at  timestamptz NOT NULL
);

CREATE TABLE shop.inventory (
    product_id bigint NOT NULL REFERENCES shop.products ON DELETE CASCADE,
    warehouse  text NOT NULL,
    quantity   integer NOT NULL,
    PRIMARY KEY (product_id, warehouse)
);

CREATE TABLE shop.auth_events (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint NOT NULL REFERENCES shop.users ON DELETE CASCADE,
    kind       text NOT NULL,
    ip         inet NOT NULL,
    user_agent text,
    at         timestamptz NOT NULL
);
CREATE INDEX ON shop.auth_events (user_id);
