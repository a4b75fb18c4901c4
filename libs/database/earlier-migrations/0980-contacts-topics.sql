-- What a person wants no mail about from this partner: the theme of campaigns, as their vendors wrote it.
CREATE TABLE contacts.refused_topic (
  contact_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  topic text NOT NULL CHECK (length(topic) BETWEEN 1 AND 60),
  set_at timestamptz NOT NULL,
  PRIMARY KEY (contact_id, topic),
  FOREIGN KEY (contact_id, partner_id) REFERENCES contacts.contact (id, partner_id) ON DELETE CASCADE
);
ALTER TABLE contacts.refused_topic ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts.refused_topic FORCE ROW LEVEL SECURITY;
CREATE POLICY refused_topic_of_partner ON contacts.refused_topic USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, DELETE ON contacts.refused_topic TO throughline_app;
