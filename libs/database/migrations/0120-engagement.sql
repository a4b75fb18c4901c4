-- needs: database.is_system, database.partner_scope, database.refuse_change, database.vendor_scope

-- Where a link of an activation leads. Written at launch, so that a redirect never believes its
-- caller.
CREATE TABLE engagement.link_target (
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  number smallint NOT NULL,
  name text NOT NULL,
  url text NOT NULL,
  -- Whether a link leads to a page or document of ours, where we hear whether it was opened.
  is_ours boolean NOT NULL DEFAULT false,
  PRIMARY KEY (activation_id, number),
  UNIQUE (activation_id, name)
);
ALTER TABLE engagement.link_target ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY link_target_process ON engagement.link_target USING ((SELECT database.is_system()));
CREATE POLICY link_target_partner ON engagement.link_target
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON engagement.link_target TO throughline_app;

-- Append-only: what came back.
CREATE TABLE engagement.touch (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  activation_id uuid NOT NULL,
  message_id uuid,
  contact_id uuid,
  kind text NOT NULL CHECK (kind IN ('click', 'unsubscribe', 'form', 'reply', 'lead', 'won')),
  link_name text,
  verdict text CHECK (verdict IN ('human', 'machine')),
  why text,
  at timestamptz NOT NULL,
  -- Why a click that is a person's so far is looked at for longer before it moves anybody; null:
  -- nothing speaks against it.
  suspicion text
);
CREATE INDEX touch_of_activation ON engagement.touch (activation_id, id);
CREATE INDEX touch_of_message ON engagement.touch (message_id) WHERE message_id IS NOT NULL;
CREATE UNIQUE INDEX touch_leaves_once ON engagement.touch (message_id) WHERE kind = 'unsubscribe';
-- Leads and their success are touches, too: what is counted comes from two ledgers and nowhere
-- else.
CREATE UNIQUE INDEX touch_lead_once ON engagement.touch (activation_id, contact_id, kind)
  WHERE kind IN ('lead', 'won');
CREATE INDEX touch_clicks_lately ON engagement.touch (at) WHERE kind = 'click';
-- What a person did, for the person's own file and for who has been quiet.
CREATE INDEX touch_of_contact ON engagement.touch (contact_id) WHERE contact_id IS NOT NULL;
CREATE TRIGGER touch_is_final BEFORE UPDATE OR DELETE ON engagement.touch
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE engagement.touch ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY touch_process ON engagement.touch USING ((SELECT database.is_system()));
CREATE POLICY touch_partner ON engagement.touch FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY touch_partner_add ON engagement.touch FOR INSERT
  WITH CHECK (partner_id = (SELECT database.partner_scope()) AND kind IN ('lead', 'won'));
GRANT SELECT, INSERT ON engagement.touch TO throughline_app;

-- A later look at a click: the newest verdict counts, older ones stay with their reasons.
-- Append-only, like the touch itself.
CREATE TABLE engagement.touch_verdict (
  id uuid PRIMARY KEY,
  touch_id uuid NOT NULL REFERENCES engagement.touch (id),
  partner_id uuid NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('human', 'machine')),
  why text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX touch_verdict_newest ON engagement.touch_verdict (touch_id, id DESC);
CREATE TRIGGER touch_verdict_is_final BEFORE UPDATE OR DELETE ON engagement.touch_verdict
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE engagement.touch_verdict ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY touch_verdict_process ON engagement.touch_verdict USING ((SELECT database.is_system()));
CREATE POLICY touch_verdict_partner ON engagement.touch_verdict FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON engagement.touch_verdict TO throughline_app;

-- The page behind a click was opened. It may arrive before the click does, which is written later.
CREATE TABLE engagement.click_opened (
  touch_id uuid PRIMARY KEY,
  at timestamptz NOT NULL
);
ALTER TABLE engagement.click_opened ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY click_opened_process ON engagement.click_opened USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON engagement.click_opened TO throughline_app;

-- Accounts at mail providers that tell by webhook what became of messages.
CREATE TABLE engagement.provider_source (
  id uuid PRIMARY KEY,
  -- Whose account it is: what it tells counts for this vendor's messages alone. Null is the
  -- operator's, whose relay carries everybody's.
  vendor_id uuid REFERENCES organisations.organisation (id),
  provider text NOT NULL CHECK (provider IN ('ses', 'sendgrid', 'postmark', 'mailgun')),
  name text NOT NULL CHECK (name <> ''),
  -- What proves that the provider tells it. Sealed, bound to the row: a copy of the database proves
  -- nothing.
  secret bytea NOT NULL,
  previous_secret bytea,
  previous_valid_until timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz,
  -- What was told for the first time; of it what names no message of ours; and opens, clicks and
  -- notices that are not kept, repeats included.
  told bigint NOT NULL DEFAULT 0,
  unmatched bigint NOT NULL DEFAULT 0,
  ignored bigint NOT NULL DEFAULT 0,
  last_told_at timestamptz,
  -- While it is paused, nothing that the account tells is taken: the provider is asked to tell it
  -- again later.
  paused_at timestamptz,
  -- What came last under its address and was not taken, and why; noted once a minute at most.
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

-- Mailgun signs a moment and a token, and not what it says: each token belongs to the first body
-- that came with it.
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

-- A mailbox that what comes back is read from: how far, and by whom at this moment.
CREATE TABLE engagement.mailbox (
  -- Host, user and folder, hashed: the address is nobody's business here.
  id text PRIMARY KEY,
  -- UIDs count within it (RFC 9051, 2.3.1.1). Null until the first look.
  uid_validity text,
  last_uid bigint NOT NULL DEFAULT 0,
  -- Machine time.
  leased_until timestamptz,
  fence bigint NOT NULL DEFAULT 0,
  read_at timestamptz,
  -- Since when the mailbox cannot be read; null while it can. Why stands in the log.
  failing_since timestamptz
);
ALTER TABLE engagement.mailbox ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY mailbox_process ON engagement.mailbox USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON engagement.mailbox TO throughline_app;

-- Mails that were found and not yet taken in, and such as cannot be.
CREATE TABLE engagement.mailbox_mail (
  mailbox_id text NOT NULL REFERENCES engagement.mailbox (id),
  uid_validity text NOT NULL,
  uid bigint NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'aside')),
  tries integer NOT NULL DEFAULT 0,
  -- Why it was put aside, or not taken the last time. Without addresses.
  why text NOT NULL DEFAULT '',
  found_at timestamptz NOT NULL,
  PRIMARY KEY (mailbox_id, uid_validity, uid)
);
ALTER TABLE engagement.mailbox_mail ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY mailbox_mail_process ON engagement.mailbox_mail USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON engagement.mailbox_mail TO throughline_app;

-- Touches with the verdict that counts now.
CREATE VIEW engagement.judged_touch WITH (security_invoker = true) AS
  SELECT t.id, t.partner_id, t.vendor_id, t.activation_id, t.message_id, t.contact_id, t.kind, t.link_name, t.at,
    coalesce(v.verdict, t.verdict) AS verdict, coalesce(v.why, t.why) AS why
  FROM engagement.touch t
  LEFT JOIN LATERAL (SELECT verdict, why FROM engagement.touch_verdict WHERE touch_id = t.id ORDER BY id DESC LIMIT 1) v ON true;
GRANT SELECT ON engagement.judged_touch TO throughline_app;

-- Clicks of people, as far as can be known by now: who came to a page of ours and never opened it
-- is a program that reads redirects. Who was taken for a program first and for a person later gave
-- a reason for it.
CREATE VIEW engagement.certain_click WITH (security_invoker = true) AS
  SELECT t.id, t.partner_id, t.activation_id, t.message_id, t.contact_id, t.link_name, t.at
  FROM engagement.touch t
  LEFT JOIN engagement.link_target l ON l.activation_id = t.activation_id AND l.name = t.link_name
  LEFT JOIN LATERAL (SELECT verdict FROM engagement.touch_verdict WHERE touch_id = t.id ORDER BY id DESC LIMIT 1) v ON true
  WHERE t.kind = 'click' AND (v.verdict = 'human' OR (v.verdict IS NULL AND t.verdict = 'human'
    AND (NOT coalesce(l.is_ours, false) OR EXISTS (SELECT 1 FROM engagement.click_opened o WHERE o.touch_id = t.id))));
GRANT SELECT ON engagement.certain_click TO throughline_app;
