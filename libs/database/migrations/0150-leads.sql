-- needs: database.is_system, database.partner_scope, database.refuse_change, database.vendor_scope

CREATE TABLE leads.lead (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  contact_id uuid NOT NULL,
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  source text NOT NULL CHECK (source IN ('form', 'sequence', 'clicks')),
  status text NOT NULL CHECK (status IN ('new', 'accepted', 'working', 'won', 'lost', 'withdrawn')),
  message text,
  -- As typed into the form. A known contact keeps its own number: a form proves nothing about its
  -- sender.
  phone text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  -- When the person became a lead, or sent the form last. The list is in this order.
  requested_at timestamptz NOT NULL,
  -- The person sent the form again, and no user has reacted since.
  asked_again boolean NOT NULL DEFAULT false,
  amount_minor bigint CHECK (amount_minor >= 0),
  currency text CHECK (currency ~ '^[A-Z]{3}$'),
  -- The rule that the clicks fulfilled. Later evaluations use it, even if the campaign's rule has
  -- changed.
  qualified_by jsonb,
  -- Since when its clicks count as a machine's. The lead stays, because the partner had accepted
  -- it.
  machine_clicks_at timestamptz,
  UNIQUE (partner_id, contact_id, activation_id),
  CONSTRAINT lead_amount CHECK ((amount_minor IS NULL) = (currency IS NULL)),
  CONSTRAINT lead_qualified CHECK (source <> 'clicks' OR qualified_by IS NOT NULL)
);
CREATE INDEX lead_newest ON leads.lead (partner_id, requested_at DESC, id DESC);
ALTER TABLE leads.lead ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- A lead is personal data: visible to the partner only, until the partner discloses it.
CREATE POLICY lead_partner ON leads.lead USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON leads.lead TO throughline_app;

-- Every sent form of a lead: a person may ask more than once. Text and number are deleted with the
-- contact.
CREATE TABLE leads.request (
  id uuid PRIMARY KEY,
  lead_id uuid NOT NULL REFERENCES leads.lead (id),
  partner_id uuid NOT NULL,
  message text,
  phone text,
  at timestamptz NOT NULL
);
CREATE INDEX request_of_lead ON leads.request (lead_id, id);
ALTER TABLE leads.request ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY request_partner ON leads.request USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON leads.request TO throughline_app;
GRANT UPDATE (message, phone) ON leads.request TO throughline_app;

-- State changes of a lead, and corrections of its amount. Append-only.
CREATE TABLE leads.lead_event (
  id uuid PRIMARY KEY,
  lead_id uuid NOT NULL REFERENCES leads.lead (id),
  partner_id uuid NOT NULL,
  kind text NOT NULL DEFAULT 'status' CHECK (kind IN ('status', 'amount')),
  status text NOT NULL,
  amount_minor bigint,
  currency text,
  by_name text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX lead_event_of_lead ON leads.lead_event (lead_id, id);
CREATE TRIGGER lead_event_is_final BEFORE UPDATE OR DELETE ON leads.lead_event
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE leads.lead_event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY lead_event_partner ON leads.lead_event USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON leads.lead_event TO throughline_app;

-- Reminders for leads without activity. Ids only: the process finds what is due without seeing a
-- lead.
CREATE TABLE leads.reminder (
  lead_id uuid NOT NULL REFERENCES leads.lead (id),
  partner_id uuid NOT NULL,
  level text NOT NULL CHECK (level IN ('reminder', 'escalation')),
  due_at timestamptz NOT NULL,
  -- Since when the lead is without activity. Null: since it was created.
  since timestamptz,
  PRIMARY KEY (lead_id, level)
);
CREATE INDEX reminder_due ON leads.reminder (due_at);
ALTER TABLE leads.reminder ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reminder_partner ON leads.reminder USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY reminder_process ON leads.reminder USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON leads.reminder TO throughline_app;

-- Personal data that a partner disclosed to a vendor: a copy of exactly that. Revoking empties it.
CREATE TABLE leads.disclosure (
  id uuid PRIMARY KEY,
  lead_id uuid NOT NULL REFERENCES leads.lead (id),
  contact_id uuid NOT NULL,
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  fields text[] NOT NULL CHECK (cardinality(fields) > 0),
  purpose text NOT NULL,
  person jsonb,
  disclosed_by text NOT NULL,
  disclosed_at timestamptz NOT NULL,
  revoked_by text,
  revoked_at timestamptz,
  CHECK ((revoked_at IS NULL) = (person IS NOT NULL))
);
CREATE INDEX disclosure_of_lead ON leads.disclosure (lead_id);
CREATE INDEX disclosure_of_contact ON leads.disclosure (contact_id);
CREATE INDEX disclosure_to_vendor ON leads.disclosure (vendor_id, id) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX disclosure_once ON leads.disclosure (lead_id, vendor_id) WHERE revoked_at IS NULL;
ALTER TABLE leads.disclosure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY disclosure_partner ON leads.disclosure USING (partner_id = (SELECT database.partner_scope()));
-- The only personal data that a vendor's scope can see, until it is revoked.
CREATE POLICY disclosure_vendor ON leads.disclosure FOR SELECT
  USING (vendor_id = (SELECT database.vendor_scope()) AND revoked_at IS NULL);
GRANT SELECT, INSERT, UPDATE ON leads.disclosure TO throughline_app;

-- What a vendor answers about a disclosed lead; the newest status counts. The note may name people:
-- it is deleted with the contact.
CREATE TABLE leads.disclosure_answer (
  id uuid PRIMARY KEY,
  disclosure_id uuid NOT NULL REFERENCES leads.disclosure (id),
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('accepted', 'declined', 'done')),
  note text CHECK (length(note) BETWEEN 1 AND 500),
  by_name text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX disclosure_answer_newest ON leads.disclosure_answer (disclosure_id, id DESC);
ALTER TABLE leads.disclosure_answer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY disclosure_answer_partner ON leads.disclosure_answer USING (partner_id = (SELECT database.partner_scope()));
-- A vendor's scope sees no answer to a revoked disclosure, because the row-level security of
-- disclosures holds in this condition.
CREATE POLICY disclosure_answer_vendor ON leads.disclosure_answer USING (vendor_id = (SELECT database.vendor_scope())
  AND EXISTS (SELECT FROM leads.disclosure d WHERE d.id = disclosure_id AND d.partner_id = disclosure_answer.partner_id));
GRANT SELECT, INSERT ON leads.disclosure_answer TO throughline_app;
GRANT UPDATE (note) ON leads.disclosure_answer TO throughline_app;

-- What a partner's mails about leads say of the person. No row: 'phone'.
CREATE TABLE leads.mail_setting (
  partner_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  details text NOT NULL CHECK (details IN ('none', 'phone', 'person')),
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL
);
ALTER TABLE leads.mail_setting ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY mail_setting_partner ON leads.mail_setting USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON leads.mail_setting TO throughline_app;

-- The user of a vendor who is told of disclosed leads. No row: the owners.
CREATE TABLE leads.disclosure_recipient (
  vendor_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  user_id uuid NOT NULL REFERENCES identity.user_account (id) ON DELETE CASCADE,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL
);
ALTER TABLE leads.disclosure_recipient ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY disclosure_recipient_vendor ON leads.disclosure_recipient USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON leads.disclosure_recipient TO throughline_app;

-- A partner's stricter version of the vendor's lead rule; the newest counts. Append-only.
CREATE TABLE leads.stricter_rule (
  id uuid PRIMARY KEY,
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  rule jsonb NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX stricter_rule_newest ON leads.stricter_rule (activation_id, id DESC);
CREATE TRIGGER stricter_rule_is_final BEFORE UPDATE OR DELETE ON leads.stricter_rule
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE leads.stricter_rule ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY stricter_rule_partner ON leads.stricter_rule USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON leads.stricter_rule TO throughline_app;

-- Contacts whose clicks are to be evaluated. Ids only, one row per click, so that no click waits
-- for another.
CREATE TABLE leads.click_evaluation (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  contact_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  -- Machine time. By then it is known whether the click was part of a machine's burst.
  not_before timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01);
CREATE INDEX click_evaluation_in_order ON leads.click_evaluation (not_before);
CREATE INDEX click_evaluation_of_contact ON leads.click_evaluation (contact_id, activation_id);
ALTER TABLE leads.click_evaluation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY click_evaluation_process ON leads.click_evaluation USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON leads.click_evaluation TO throughline_app;

-- A partner confirms that it still works on a lead. The note may name people: it is deleted with
-- the contact.
CREATE TABLE leads.follow_up (
  id uuid PRIMARY KEY,
  lead_id uuid NOT NULL REFERENCES leads.lead (id),
  partner_id uuid NOT NULL,
  note text CHECK (length(note) BETWEEN 1 AND 300),
  by_name text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX follow_up_newest ON leads.follow_up (lead_id, id DESC);
ALTER TABLE leads.follow_up ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- Visible to the partner only, like the lead. Never part of a disclosure.
CREATE POLICY follow_up_partner ON leads.follow_up USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON leads.follow_up TO throughline_app;
GRANT UPDATE (note) ON leads.follow_up TO throughline_app;
