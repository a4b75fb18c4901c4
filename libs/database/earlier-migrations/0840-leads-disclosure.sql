ALTER TABLE leads.lead
  ADD COLUMN amount_minor bigint CHECK (amount_minor >= 0),
  ADD COLUMN currency text CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT lead_amount CHECK ((amount_minor IS NULL) = (currency IS NULL));

-- How a lead came from state to state. Append-only.
CREATE TABLE leads.lead_event (
  id uuid PRIMARY KEY,
  lead_id uuid NOT NULL REFERENCES leads.lead (id),
  partner_id uuid NOT NULL,
  status text NOT NULL,
  amount_minor bigint,
  currency text,
  by_name text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX lead_event_of_lead ON leads.lead_event (lead_id, id);
CREATE TRIGGER lead_event_is_final BEFORE UPDATE OR DELETE ON leads.lead_event FOR EACH ROW EXECUTE FUNCTION database.refuse_change();

-- What is to be said if a lead lies still; ids only, so that the process finds what is due without seeing a lead.
CREATE TABLE leads.reminder (
  lead_id uuid NOT NULL REFERENCES leads.lead (id),
  partner_id uuid NOT NULL,
  level text NOT NULL CHECK (level IN ('reminder', 'escalation')),
  due_at timestamptz NOT NULL,
  PRIMARY KEY (lead_id, level)
);
CREATE INDEX reminder_due ON leads.reminder (due_at);

-- What a partner has told a vendor of a person: a copy of exactly that, taken back by emptying it.
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

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['lead_event', 'reminder', 'disclosure'] LOOP
    EXECUTE format('ALTER TABLE leads.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE leads.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY %I ON leads.%I USING (partner_id = (SELECT database.partner_scope()))', name || '_partner', name);
  END LOOP;
END $$;
CREATE POLICY reminder_process ON leads.reminder USING ((SELECT database.is_system()));
-- The only row about a person that a vendor's scope can see, and only while it stands.
CREATE POLICY disclosure_vendor ON leads.disclosure FOR SELECT USING (vendor_id = (SELECT database.vendor_scope()) AND revoked_at IS NULL);
GRANT SELECT, INSERT ON leads.lead_event TO throughline_app;
GRANT SELECT, INSERT, DELETE ON leads.reminder TO throughline_app;
GRANT SELECT, INSERT, UPDATE ON leads.disclosure TO throughline_app;

-- Who is erased or removed is taken back from everybody.
CREATE FUNCTION leads.forget_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE leads.disclosure SET person = NULL, revoked_by = 'the contact was removed', revoked_at = now() WHERE contact_id = OLD.id AND revoked_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER contact_is_forgotten AFTER DELETE ON contacts.contact FOR EACH ROW EXECUTE FUNCTION leads.forget_person();
