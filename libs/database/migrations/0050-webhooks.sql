-- needs: database.is_system, database.partner_scope, database.vendor_scope

-- Events for an organisation's webhooks. Written in the transaction of the change, so no event is
-- lost and none is invented.
CREATE TABLE webhooks.event (
  id uuid PRIMARY KEY,
  -- The order in which events were written.
  position bigint GENERATED ALWAYS AS IDENTITY,
  organisation_id uuid NOT NULL REFERENCES organisations.organisation (id),
  audience text NOT NULL CHECK (audience IN ('vendor', 'partner')),
  type text NOT NULL,
  data jsonb NOT NULL,
  occurred_at timestamptz NOT NULL,
  -- When a delivery was created for each subscribed endpoint.
  fanned_out_at timestamptz,
  -- Vendors never receive data about a person, whatever the code does.
  CONSTRAINT event_without_person
    CHECK (audience <> 'vendor' OR NOT (data ?| ARRAY['contactId', 'enrolmentId', 'messageId', 'leadId', 'email', 'name', 'person']))
);
CREATE INDEX event_to_fan_out ON webhooks.event (position) WHERE fanned_out_at IS NULL;
CREATE INDEX event_of_organisation ON webhooks.event (organisation_id, occurred_at);
CREATE INDEX event_by_age ON webhooks.event (occurred_at);
ALTER TABLE webhooks.event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY event_process ON webhooks.event USING ((SELECT database.is_system()));
-- Every transaction may write events for both sides. An organisation reads only its own.
CREATE POLICY event_tell ON webhooks.event FOR INSERT WITH CHECK (true);
CREATE POLICY event_read ON webhooks.event FOR SELECT USING (
  organisation_id = (SELECT database.vendor_scope()) OR organisation_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks.event TO throughline_app;

CREATE TABLE webhooks.endpoint (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations.organisation (id),
  url text NOT NULL,
  description text NOT NULL DEFAULT '',
  event_types text[] NOT NULL CHECK (cardinality(event_types) > 0),
  -- Encrypted: a copy of the database cannot sign anything.
  secret bytea NOT NULL,
  previous_secret bytea,
  previous_valid_until timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  -- Time of the first failure since the last success.
  failing_since timestamptz,
  -- Consecutive failures of the server itself, and until when deliveries pause because of them.
  failures integer NOT NULL DEFAULT 0,
  held_until timestamptz,
  disabled_at timestamptz,
  disabled_reason text,
  -- Machine time. Until then one process delivers to this endpoint, and no other does.
  leased_until timestamptz,
  fence bigint NOT NULL DEFAULT 0,
  CHECK ((previous_secret IS NULL) = (previous_valid_until IS NULL)),
  CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL))
);
CREATE INDEX endpoint_of_organisation ON webhooks.endpoint (organisation_id, id);
ALTER TABLE webhooks.endpoint ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY endpoint_process ON webhooks.endpoint USING ((SELECT database.is_system()));
CREATE POLICY endpoint_own ON webhooks.endpoint USING (
  organisation_id = (SELECT database.vendor_scope()) OR organisation_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks.endpoint TO throughline_app;

-- Delivery of one event to one endpoint.
CREATE TABLE webhooks.delivery (
  id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
  -- The order in which deliveries were requested; the cursor of the log.
  number bigint GENERATED ALWAYS AS IDENTITY,
  endpoint_id uuid NOT NULL REFERENCES webhooks.endpoint (id) ON DELETE CASCADE,
  event_id uuid NOT NULL REFERENCES webhooks.event (id) ON DELETE CASCADE,
  organisation_id uuid NOT NULL,
  -- Position of the event. Deliveries go out in this order.
  position bigint NOT NULL,
  cause text NOT NULL CHECK (cause IN ('event', 'replay', 'test')),
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  due_at timestamptz,
  created_at timestamptz NOT NULL,
  settled_at timestamptz,
  CHECK ((state = 'pending') = (due_at IS NOT NULL)),
  CHECK ((state = 'pending') = (settled_at IS NULL))
) WITH (fillfactor = 80, autovacuum_analyze_scale_factor = 0.01);
CREATE UNIQUE INDEX delivery_once ON webhooks.delivery (endpoint_id, event_id) WHERE cause = 'event';
CREATE INDEX delivery_pending ON webhooks.delivery (endpoint_id, position, number) WHERE state = 'pending';
CREATE INDEX delivery_log ON webhooks.delivery (endpoint_id, number DESC);
CREATE INDEX delivery_of_event ON webhooks.delivery (event_id);
ALTER TABLE webhooks.delivery ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY delivery_process ON webhooks.delivery USING ((SELECT database.is_system()));
CREATE POLICY delivery_own ON webhooks.delivery USING (
  organisation_id = (SELECT database.vendor_scope()) OR organisation_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks.delivery TO throughline_app;

-- One delivery attempt. Append-only; deleted with its event.
CREATE TABLE webhooks.attempt (
  id uuid PRIMARY KEY,
  delivery_id uuid NOT NULL REFERENCES webhooks.delivery (id) ON DELETE CASCADE,
  organisation_id uuid NOT NULL,
  number integer NOT NULL,
  url text NOT NULL,
  -- Machine time: the timestamp in the signature.
  sent_at timestamptz NOT NULL,
  took_ms integer NOT NULL,
  status integer,
  -- Beginning of the response. Untrusted text.
  excerpt text NOT NULL DEFAULT '',
  -- Why there was no response.
  error text,
  -- The same reason as a code, for translations.
  error_code text,
  UNIQUE (delivery_id, number),
  CHECK (error_code IS NULL OR error IS NOT NULL)
);
ALTER TABLE webhooks.attempt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY attempt_process ON webhooks.attempt USING ((SELECT database.is_system()));
CREATE POLICY attempt_read ON webhooks.attempt FOR SELECT USING (
  organisation_id = (SELECT database.vendor_scope()) OR organisation_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON webhooks.attempt TO throughline_app;
