-- Relays that take the mail of a vendor's campaigns, or of the installation where there is no vendor, in the order of their priority.
CREATE TABLE delivery.relay (
  id uuid PRIMARY KEY,
  vendor_id uuid REFERENCES organisations.organisation (id),
  name text NOT NULL CHECK (name <> ''),
  host text NOT NULL CHECK (host = lower(host)),
  port integer NOT NULL CHECK (port BETWEEN 1 AND 65535),
  tls text NOT NULL CHECK (tls IN ('implicit', 'required', 'opportunistic')),
  username text,
  -- Sealed: a copy of the database signs in nowhere.
  sealed_password bytea,
  -- The lowest first.
  priority integer NOT NULL CHECK (priority BETWEEN 1 AND 1000),
  -- At once, of each scheduler.
  connections integer NOT NULL CHECK (connections BETWEEN 1 AND 100),
  enabled boolean NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  -- Bumped by each change of the settings: what was found of the old ones says nothing of the new ones.
  revision integer NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'untried' CHECK (state IN ('untried', 'healthy', 'unhealthy')),
  state_since timestamptz NOT NULL,
  -- What it said, or why it could not be reached. Hostile text, cut to 500 characters.
  problem text,
  -- In a row.
  failures integer NOT NULL DEFAULT 0,
  -- Machine time: relays are not on the product's calendar.
  checked_at timestamptz,
  next_check_at timestamptz NOT NULL,
  CHECK ((username IS NULL) = (sealed_password IS NULL)),
  CHECK ((state = 'unhealthy') = (problem IS NOT NULL))
);
CREATE INDEX relay_of_vendor ON delivery.relay (vendor_id, priority, id);
CREATE INDEX relay_next_check ON delivery.relay (next_check_at) WHERE enabled;

ALTER TABLE delivery.relay ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery.relay FORCE ROW LEVEL SECURITY;
CREATE POLICY relay_process ON delivery.relay USING ((SELECT database.is_system()));
CREATE POLICY relay_of_its_vendor ON delivery.relay USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.relay TO throughline_app;
