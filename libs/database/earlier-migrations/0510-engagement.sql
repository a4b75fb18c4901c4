CREATE SCHEMA engagement;
GRANT USAGE ON SCHEMA engagement TO throughline_app;

-- Where a link of an activation leads. Written at launch, so that a redirect never believes its caller.
CREATE TABLE engagement.link_target (
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  number smallint NOT NULL,
  name text NOT NULL,
  url text NOT NULL,
  PRIMARY KEY (activation_id, number),
  UNIQUE (activation_id, name)
);

-- Append-only: what came back.
CREATE TABLE engagement.touch (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  activation_id uuid NOT NULL,
  message_id uuid,
  contact_id uuid,
  kind text NOT NULL CHECK (kind IN ('click', 'unsubscribe', 'form')),
  link_name text,
  verdict text CHECK (verdict IN ('human', 'machine')),
  why text,
  at timestamptz NOT NULL
);
CREATE INDEX touch_of_activation ON engagement.touch (activation_id, id);
CREATE INDEX touch_of_message ON engagement.touch (message_id) WHERE message_id IS NOT NULL;

ALTER TABLE engagement.link_target ENABLE ROW LEVEL SECURITY;
ALTER TABLE engagement.link_target FORCE ROW LEVEL SECURITY;
ALTER TABLE engagement.touch ENABLE ROW LEVEL SECURITY;
ALTER TABLE engagement.touch FORCE ROW LEVEL SECURITY;
CREATE POLICY link_target_process ON engagement.link_target USING ((SELECT database.is_system()));
CREATE POLICY link_target_partner ON engagement.link_target USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY touch_process ON engagement.touch USING ((SELECT database.is_system()));
CREATE POLICY touch_partner ON engagement.touch FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
CREATE TRIGGER touch_is_final BEFORE UPDATE OR DELETE ON engagement.touch FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
GRANT SELECT, INSERT ON engagement.link_target, engagement.touch TO throughline_app;
