-- needs: database.is_system, database.partner_scope

-- A list whose members follow from a rule. Its members are rows of contact_list_member, as those of
-- every list.
CREATE TABLE contacts.segment (
  list_id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  -- libs/contracts/src/segment.contract.ts
  rule jsonb NOT NULL,
  evaluated_at timestamptz,
  FOREIGN KEY (list_id, partner_id) REFERENCES contacts.contact_list (id, partner_id) ON DELETE CASCADE
);
CREATE INDEX segment_of_partner ON contacts.segment (partner_id);
ALTER TABLE contacts.segment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY segment_of_partner ON contacts.segment USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON contacts.segment TO throughline_app;

-- When a segment is evaluated for all contacts next. Changes of single contacts are applied at once.
-- Ids only: a process finds what is due without seeing a rule.
CREATE TABLE contacts.segment_due (
  list_id uuid PRIMARY KEY REFERENCES contacts.segment (list_id) ON DELETE CASCADE,
  partner_id uuid NOT NULL,
  next_at timestamptz NOT NULL
);
CREATE INDEX segment_due_of_partner ON contacts.segment_due (partner_id);
CREATE INDEX segment_due_next ON contacts.segment_due (next_at);
ALTER TABLE contacts.segment_due ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY segment_due_of_partner ON contacts.segment_due
  USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY segment_due_process ON contacts.segment_due FOR SELECT USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON contacts.segment_due TO throughline_app;

-- Contacts that have changed in a way that a rule may ask for, of partners with segments. Ids only.
CREATE TABLE contacts.segment_change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL
);
CREATE INDEX segment_change_of_partner ON contacts.segment_change (partner_id, id);
ALTER TABLE contacts.segment_change ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY segment_change_of_partner ON contacts.segment_change
  USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY segment_change_process ON contacts.segment_change USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON contacts.segment_change TO throughline_app;

-- For rules that ask what contacts did.
CREATE INDEX interaction_of_partner ON engagement.interaction (partner_id, kind, at)
  WHERE contact_id IS NOT NULL AND kind IN ('click', 'form', 'reply');
