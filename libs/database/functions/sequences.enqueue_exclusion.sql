-- An exclusion goes to the inbox of every running enrolment of the contact. Enrolments of its own
-- campaign that listen get the reply or the state of the lead instead: a step may wait for it.
CREATE OR REPLACE FUNCTION sequences.enqueue_exclusion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.lifted_at IS NOT NULL THEN
    -- Another exclusion may still hold.
    INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, at)
    SELECT e.id, e.partner_id, 'readmission', NEW.lifted_at FROM sequences.enrolment e
    WHERE e.contact_id = NEW.contact_id
      AND ((e.state = 'exited' AND e.returns_to IS NOT NULL AND e.end_reason IN ('answered', 'became-lead', 'deal-won', 'taken-out'))
           OR sequences.has_inbox_entry(e.id, 'exclusion'))
      AND NOT EXISTS (SELECT 1 FROM sequences.exclusion x WHERE x.contact_id = NEW.contact_id AND x.lifted_at IS NULL
                      AND (x.ends_at IS NULL OR x.ends_at > NEW.lifted_at));
    RETURN NULL;
  END IF;
  INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, name, at)
  SELECT e.id, e.partner_id, 'exclusion', NEW.reason, NEW.at FROM sequences.enrolment e
  WHERE e.contact_id = NEW.contact_id AND (e.state IN ('waiting', 'running') OR sequences.has_inbox_entry(e.id, 'readmission'))
    AND NOT (NEW.reason <> 'taken-out' AND NEW.activation_id IS NOT DISTINCT FROM e.activation_id AND (e.listens OR NEW.spares_own));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER enqueue_exclusion AFTER INSERT OR UPDATE OF reason, lifted_at ON sequences.exclusion FOR EACH ROW EXECUTE FUNCTION sequences.enqueue_exclusion();
