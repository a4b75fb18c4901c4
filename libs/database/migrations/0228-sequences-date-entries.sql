-- needs: database.is_system, database.partner_scope

ALTER TABLE sequences.entry_rule
  -- Days from the contact's date to the entry; negative: before it. Null: no rule by a date.
  ADD COLUMN days integer,
  DROP CONSTRAINT entry_rule_kind_check,
  ADD CONSTRAINT entry_rule_kind_check CHECK (kind IN ('joined', 'form', 'document', 'event', 'lead', 'field', 'date')),
  ADD CONSTRAINT entry_rule_days CHECK ((kind = 'date') = (days IS NOT NULL));

-- How far the days of a rule by a date are taken.
CREATE TABLE sequences.date_rule (
  activation_id uuid NOT NULL,
  entry_key text NOT NULL,
  partner_id uuid NOT NULL,
  -- Who enters on an earlier day, in the partner's time zone, has entered.
  from_on date NOT NULL,
  -- When contacts are looked for next.
  next_at timestamptz NOT NULL,
  PRIMARY KEY (activation_id, entry_key),
  FOREIGN KEY (activation_id, entry_key) REFERENCES sequences.entry_rule (activation_id, entry_key)
);
CREATE INDEX date_rule_next ON sequences.date_rule (next_at);
CREATE INDEX date_rule_of_partner ON sequences.date_rule (partner_id);
ALTER TABLE sequences.date_rule ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY date_rule_process ON sequences.date_rule USING ((SELECT database.is_system()));
CREATE POLICY date_rule_partner ON sequences.date_rule USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON sequences.date_rule TO throughline_app;

-- A date of a contact by which it was asked to enter. Each does so once, however often it is looked at.
CREATE TABLE sequences.passed_date (
  activation_id uuid NOT NULL,
  entry_key text NOT NULL,
  contact_id uuid NOT NULL,
  date_on date NOT NULL,
  partner_id uuid NOT NULL,
  PRIMARY KEY (activation_id, entry_key, contact_id, date_on),
  FOREIGN KEY (contact_id, partner_id) REFERENCES contacts.contact (id, partner_id) ON DELETE CASCADE
);
CREATE INDEX passed_date_of_contact ON sequences.passed_date (contact_id);
ALTER TABLE sequences.passed_date ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY passed_date_of_partner ON sequences.passed_date USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON sequences.passed_date TO throughline_app;
