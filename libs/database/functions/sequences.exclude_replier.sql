-- A reply stops the partner's campaigns for the contact for 30 days.
CREATE OR REPLACE FUNCTION sequences.exclude_replier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.exclusion (id, partner_id, contact_id, activation_id, reason, at, ends_at)
  VALUES (NEW.id, NEW.partner_id, NEW.contact_id, NEW.activation_id, 'answered', NEW.at, NEW.at + interval '30 days');
  RETURN NULL;
END $$;

-- After the trigger enqueue_interaction by name: a step that waits for the reply gets it first.
CREATE OR REPLACE TRIGGER exclude_replier AFTER INSERT ON engagement.interaction FOR EACH ROW
  WHEN (NEW.contact_id IS NOT NULL AND NEW.kind = 'reply') EXECUTE FUNCTION sequences.exclude_replier();
