-- What came back about messages, append-only: the evidence that the ledger's later states rest on, and the dedupe of whoever tells it twice.
CREATE TABLE delivery.message_event (
  id uuid PRIMARY KEY,
  -- Who told it: smtp, or a provider's webhook.
  source text NOT NULL,
  -- The report's own name there.
  source_id text NOT NULL,
  -- Without a message where it names none of ours: kept and counted all the same.
  message_id uuid REFERENCES delivery.message (id),
  partner_id uuid REFERENCES organisations.organisation (id),
  kind text NOT NULL CHECK (kind IN ('hard', 'soft', 'block', 'unknown', 'complaint', 'challenge', 'auto-reply', 'reply', 'delivered', 'underway', 'unsubscribe')),
  -- The rule that decided.
  why text NOT NULL,
  status text,
  reporter text,
  -- The other server's words without addresses: nobody is named here.
  excerpt text NOT NULL,
  at timestamptz NOT NULL,
  CHECK (message_id IS NULL OR partner_id IS NOT NULL),
  UNIQUE (source, source_id)
);
CREATE INDEX message_event_of_message ON delivery.message_event (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX message_event_of_partner ON delivery.message_event (partner_id, id) WHERE partner_id IS NOT NULL;

ALTER TABLE delivery.message_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery.message_event FORCE ROW LEVEL SECURITY;
CREATE POLICY message_event_process ON delivery.message_event USING ((SELECT database.is_system()));
CREATE POLICY message_event_partner ON delivery.message_event FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
CREATE TRIGGER message_event_is_final BEFORE UPDATE OR DELETE ON delivery.message_event FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
GRANT SELECT, INSERT ON delivery.message_event TO throughline_app;

-- An answer by mail is a touch, too.
ALTER TABLE engagement.touch DROP CONSTRAINT touch_kind_check;
ALTER TABLE engagement.touch ADD CONSTRAINT touch_kind_check CHECK (kind IN ('click', 'unsubscribe', 'form', 'reply', 'lead', 'won'));
