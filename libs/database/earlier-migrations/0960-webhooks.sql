CREATE SCHEMA webhooks;
GRANT USAGE ON SCHEMA webhooks TO throughline_app;

-- What an organisation is told: written in the transaction in which it happened, so that nothing is told that did not, and nothing is forgotten.
CREATE TABLE webhooks.event (
  id uuid PRIMARY KEY,
  -- The order in which it was written down.
  position bigint GENERATED ALWAYS AS IDENTITY,
  organisation_id uuid NOT NULL REFERENCES organisations.organisation (id),
  audience text NOT NULL CHECK (audience IN ('vendor', 'partner')),
  type text NOT NULL,
  data jsonb NOT NULL,
  occurred_at timestamptz NOT NULL,
  -- When each endpoint that wants it got its delivery.
  fanned_out_at timestamptz,
  -- A vendor hears of no person, whoever writes the row.
  CONSTRAINT event_without_person CHECK (
    audience <> 'vendor' OR NOT data ?| ARRAY['contactId', 'enrolmentId', 'messageId', 'leadId', 'email', 'name', 'person'])
);
CREATE INDEX event_to_fan_out ON webhooks.event (position) WHERE fanned_out_at IS NULL;
CREATE INDEX event_of_organisation ON webhooks.event (organisation_id, occurred_at);
CREATE INDEX event_by_age ON webhooks.event (occurred_at);

CREATE TABLE webhooks.endpoint (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations.organisation (id),
  url text NOT NULL,
  description text NOT NULL DEFAULT '',
  event_types text[] NOT NULL CHECK (cardinality(event_types) > 0),
  -- Sealed: a copy of the database signs nothing.
  secret bytea NOT NULL,
  previous_secret bytea,
  previous_valid_until timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  -- The first failure since the last success.
  failing_since timestamptz,
  -- Failures in a row that were the server's and not a delivery's; until when it is left alone because of them.
  troubles integer NOT NULL DEFAULT 0,
  held_until timestamptz,
  disabled_at timestamptz,
  disabled_reason text,
  -- Machine time: who delivers to it now, and until when nobody else does.
  leased_until timestamptz,
  fence bigint NOT NULL DEFAULT 0,
  CHECK ((previous_secret IS NULL) = (previous_valid_until IS NULL)),
  CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL))
);
CREATE INDEX endpoint_of_organisation ON webhooks.endpoint (organisation_id, id);

-- One event on its way to one endpoint.
CREATE TABLE webhooks.delivery (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- The order in which deliveries were asked for: the log's cursor.
  number bigint GENERATED ALWAYS AS IDENTITY,
  endpoint_id uuid NOT NULL REFERENCES webhooks.endpoint (id) ON DELETE CASCADE,
  event_id uuid NOT NULL REFERENCES webhooks.event (id) ON DELETE CASCADE,
  organisation_id uuid NOT NULL,
  -- The event's: deliveries go out in its order.
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

-- One try. Append-only; it goes with its event.
CREATE TABLE webhooks.attempt (
  id uuid PRIMARY KEY,
  delivery_id uuid NOT NULL REFERENCES webhooks.delivery (id) ON DELETE CASCADE,
  organisation_id uuid NOT NULL,
  number integer NOT NULL,
  url text NOT NULL,
  -- Machine time: the moment that was signed.
  sent_at timestamptz NOT NULL,
  took_ms integer NOT NULL,
  status integer,
  -- The beginning of the answer. Hostile text.
  excerpt text NOT NULL DEFAULT '',
  -- Why there was no answer.
  error text,
  UNIQUE (delivery_id, number)
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['event', 'endpoint', 'delivery', 'attempt'] LOOP
    EXECUTE format('ALTER TABLE webhooks.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE webhooks.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY %I ON webhooks.%I USING ((SELECT database.is_system()))', name || '_process', name);
  END LOOP;
END $$;

-- Whoever does something tells both sides of it, and reads only what its own side was told.
CREATE POLICY event_tell ON webhooks.event FOR INSERT WITH CHECK (true);
CREATE POLICY event_read ON webhooks.event FOR SELECT USING (
  organisation_id = (SELECT database.vendor_scope()) OR organisation_id = (SELECT database.partner_scope()));
CREATE POLICY endpoint_own ON webhooks.endpoint USING (
  organisation_id = (SELECT database.vendor_scope()) OR organisation_id = (SELECT database.partner_scope()));
CREATE POLICY delivery_own ON webhooks.delivery USING (
  organisation_id = (SELECT database.vendor_scope()) OR organisation_id = (SELECT database.partner_scope()));
CREATE POLICY attempt_read ON webhooks.attempt FOR SELECT USING (
  organisation_id = (SELECT database.vendor_scope()) OR organisation_id = (SELECT database.partner_scope()));

GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks.event, webhooks.endpoint, webhooks.delivery TO throughline_app;
GRANT SELECT, INSERT ON webhooks.attempt TO throughline_app;

-- Who is erased or removed is taken back from everybody, and the vendor is told to forget what it has read.
CREATE OR REPLACE FUNCTION leads.forget_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH revoked AS (
    UPDATE leads.disclosure SET person = NULL, revoked_by = 'the contact was removed', revoked_at = now()
    WHERE contact_id = OLD.id AND revoked_at IS NULL RETURNING id, activation_id, vendor_id, partner_id, fields),
  told AS (
    SELECT r.*, a.campaign_id, side FROM revoked r JOIN activations.activation a ON a.id = r.activation_id
    CROSS JOIN unnest(ARRAY['vendor', 'partner']) side)
  INSERT INTO webhooks.event (id, organisation_id, audience, type, data, occurred_at)
  SELECT gen_random_uuid(), CASE side WHEN 'vendor' THEN vendor_id ELSE partner_id END, side, 'lead.disclosure-revoked',
    jsonb_build_object('disclosureId', id, 'campaignId', campaign_id, 'partnerId', partner_id, 'fields', to_jsonb(fields)), now()
  FROM told;
  RETURN NULL;
END $$;
