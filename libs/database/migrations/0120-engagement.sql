-- needs: database.is_system, database.partner_scope, database.refuse_change, database.vendor_scope

-- Where a link of an activation leads. Written at launch, so that a redirect never trusts its
-- request.
CREATE TABLE engagement.link_target (
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  number smallint NOT NULL,
  name text NOT NULL,
  url text NOT NULL,
  -- The link leads to a page or document of ours, where openings are recorded.
  is_ours boolean NOT NULL DEFAULT false,
  PRIMARY KEY (activation_id, number),
  UNIQUE (activation_id, name)
);
ALTER TABLE engagement.link_target ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY link_target_process ON engagement.link_target USING ((SELECT database.is_system()));
CREATE POLICY link_target_partner ON engagement.link_target
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON engagement.link_target TO throughline_app;

-- What contacts did. Append-only.
CREATE TABLE engagement.interaction (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  activation_id uuid NOT NULL,
  message_id uuid,
  contact_id uuid,
  kind text NOT NULL CHECK (kind IN ('click', 'legal-link', 'unsubscribe', 'form', 'reply', 'lead', 'won')),
  link_name text,
  verdict text CHECK (verdict IN ('human', 'machine')),
  why text,
  at timestamptz NOT NULL,
  -- Why a click that counts as human is watched for longer before it moves a contact. Null: no
  -- suspicion.
  suspicion text
);
CREATE INDEX interaction_of_activation ON engagement.interaction (activation_id, id);
CREATE INDEX interaction_of_message ON engagement.interaction (message_id) WHERE message_id IS NOT NULL;
CREATE UNIQUE INDEX interaction_leaves_once ON engagement.interaction (message_id) WHERE kind = 'unsubscribe';
-- Leads and won leads are recorded here, too: all counts come from two ledgers.
CREATE UNIQUE INDEX interaction_lead_once ON engagement.interaction (activation_id, contact_id)
  WHERE kind = 'lead';
-- A lead can be won, reopened and won again.
CREATE INDEX interaction_won ON engagement.interaction (activation_id, contact_id) WHERE kind = 'won';
CREATE INDEX interaction_clicks_lately ON engagement.interaction (at) WHERE kind = 'click';
-- For the data-subject export and for inactive contacts.
CREATE INDEX interaction_of_contact ON engagement.interaction (contact_id) WHERE contact_id IS NOT NULL;
CREATE TRIGGER interaction_is_final BEFORE UPDATE OR DELETE ON engagement.interaction
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE engagement.interaction ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY interaction_process ON engagement.interaction USING ((SELECT database.is_system()));
CREATE POLICY interaction_partner ON engagement.interaction FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY interaction_partner_add ON engagement.interaction FOR INSERT
  WITH CHECK (partner_id = (SELECT database.partner_scope()) AND kind IN ('lead', 'won'));
GRANT SELECT, INSERT ON engagement.interaction TO throughline_app;

-- Later verdicts on an interaction. The newest counts; earlier ones remain with their reasons.
-- `reversed`: a won lead was reopened. Append-only.
CREATE TABLE engagement.interaction_verdict (
  id uuid PRIMARY KEY,
  interaction_id uuid NOT NULL REFERENCES engagement.interaction (id),
  partner_id uuid NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('human', 'machine', 'reversed')),
  why text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX interaction_verdict_newest ON engagement.interaction_verdict (interaction_id, id DESC);
CREATE TRIGGER interaction_verdict_is_final BEFORE UPDATE OR DELETE ON engagement.interaction_verdict
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE engagement.interaction_verdict ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY interaction_verdict_process ON engagement.interaction_verdict USING ((SELECT database.is_system()));
CREATE POLICY interaction_verdict_partner ON engagement.interaction_verdict FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
-- Users reopen won leads. What people or programs did, they cannot judge.
CREATE POLICY interaction_verdict_reopened ON engagement.interaction_verdict FOR INSERT
  WITH CHECK (partner_id = (SELECT database.partner_scope()) AND verdict = 'reversed'
    AND EXISTS (SELECT FROM engagement.interaction t WHERE t.id = interaction_id AND t.kind = 'won'));
GRANT SELECT, INSERT ON engagement.interaction_verdict TO throughline_app;

-- The page behind a click was opened. This may be recorded before the click itself.
CREATE TABLE engagement.click_opened (
  interaction_id uuid PRIMARY KEY,
  at timestamptz NOT NULL
);
ALTER TABLE engagement.click_opened ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY click_opened_process ON engagement.click_opened USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON engagement.click_opened TO throughline_app;

-- Accounts at e-mail providers that report events by webhook.
CREATE TABLE engagement.provider_source (
  id uuid PRIMARY KEY,
  -- The owner. Reports count for this vendor's messages only. Null: the operator's account, for all
  -- vendors.
  vendor_id uuid REFERENCES organisations.organisation (id),
  provider text NOT NULL CHECK (provider IN ('ses', 'sendgrid', 'postmark', 'mailgun')),
  name text NOT NULL CHECK (name <> ''),
  -- Verifies that a report comes from the provider. Encrypted and bound to the row.
  secret bytea NOT NULL,
  previous_secret bytea,
  previous_valid_until timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz,
  -- Counts: new reports; reports without a message of ours; ignored events (opens, clicks,
  -- notices), repetitions included.
  events bigint NOT NULL DEFAULT 0,
  unmatched bigint NOT NULL DEFAULT 0,
  ignored bigint NOT NULL DEFAULT 0,
  last_event_at timestamptz,
  -- While paused, reports are refused and the provider repeats them later.
  paused_at timestamptz,
  -- Last refused report and its reason; updated at most once a minute.
  refused_at timestamptz,
  refused_why text CHECK (refused_why IN ('proof', 'unreadable', 'paused')),
  CHECK ((previous_secret IS NULL) = (previous_valid_until IS NULL)),
  CONSTRAINT provider_source_refusal_whole CHECK ((refused_at IS NULL) = (refused_why IS NULL))
) WITH (fillfactor = 80);
CREATE INDEX provider_source_of_vendor ON engagement.provider_source (vendor_id, id);
ALTER TABLE engagement.provider_source ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY provider_source_process ON engagement.provider_source USING ((SELECT database.is_system()));
CREATE POLICY provider_source_own ON engagement.provider_source
  USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE ON engagement.provider_source TO throughline_app;

-- Mailgun signs a time and a token, not the body. A token is valid only for the first body that
-- came with it.
CREATE TABLE engagement.provider_token (
  source_id uuid NOT NULL REFERENCES engagement.provider_source (id),
  token_hash bytea NOT NULL,
  body_hash bytea NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (source_id, token_hash)
);
CREATE INDEX provider_token_by_age ON engagement.provider_token (source_id, at);
ALTER TABLE engagement.provider_token ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY provider_token_process ON engagement.provider_token USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON engagement.provider_token TO throughline_app;

-- A mailbox that is read for bounces and replies: the position, and the process that reads it now.
CREATE TABLE engagement.mailbox (
  -- Hash of host, user and folder, so that the address is not stored here.
  id text PRIMARY KEY,
  -- UIDs are valid within it (RFC 9051, 2.3.1.1). Null before the first read.
  uid_validity text,
  last_uid bigint NOT NULL DEFAULT 0,
  -- Machine time.
  leased_until timestamptz,
  fence bigint NOT NULL DEFAULT 0,
  read_at timestamptz,
  -- Since when the mailbox cannot be read; null while it can. The log has the reason.
  failing_since timestamptz
);
ALTER TABLE engagement.mailbox ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY mailbox_process ON engagement.mailbox USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON engagement.mailbox TO throughline_app;

-- E-mails found and not yet processed, or that cannot be processed.
CREATE TABLE engagement.mailbox_mail (
  mailbox_id text NOT NULL REFERENCES engagement.mailbox (id),
  uid_validity text NOT NULL,
  uid bigint NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'aside')),
  tries integer NOT NULL DEFAULT 0,
  -- Why it failed the last time or was set aside. Without addresses.
  why text NOT NULL DEFAULT '',
  found_at timestamptz NOT NULL,
  PRIMARY KEY (mailbox_id, uid_validity, uid)
);
ALTER TABLE engagement.mailbox_mail ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY mailbox_mail_process ON engagement.mailbox_mail USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON engagement.mailbox_mail TO throughline_app;

-- Interactions with their current verdict, and when it became known.
CREATE VIEW engagement.interaction_with_verdict WITH (security_invoker = true) AS
  SELECT t.id, t.partner_id, t.vendor_id, t.activation_id, t.message_id, t.contact_id, t.kind, t.link_name, t.at,
    coalesce(v.verdict, t.verdict) AS verdict, coalesce(v.why, t.why) AS why, coalesce(v.at, t.at) AS known_at
  FROM engagement.interaction t
  LEFT JOIN LATERAL (SELECT verdict, why, at FROM engagement.interaction_verdict WHERE interaction_id = t.id ORDER BY id DESC LIMIT 1) v ON true;
GRANT SELECT ON engagement.interaction_with_verdict TO throughline_app;

-- Clicks that are human as far as is known now. A visitor of a page of ours that never opened it is
-- a program that follows redirects. A click first judged a machine's and later a human's counts.
CREATE VIEW engagement.certain_click WITH (security_invoker = true) AS
  SELECT t.id, t.partner_id, t.activation_id, t.message_id, t.contact_id, t.link_name, t.at
  FROM engagement.interaction t
  LEFT JOIN engagement.link_target l ON l.activation_id = t.activation_id AND l.name = t.link_name
  LEFT JOIN LATERAL (SELECT verdict FROM engagement.interaction_verdict WHERE interaction_id = t.id ORDER BY id DESC LIMIT 1) v ON true
  WHERE t.kind = 'click' AND (v.verdict = 'human' OR (v.verdict IS NULL AND t.verdict = 'human'
    AND (NOT coalesce(l.is_ours, false) OR EXISTS (SELECT 1 FROM engagement.click_opened o WHERE o.interaction_id = t.id))));
GRANT SELECT ON engagement.certain_click TO throughline_app;
