-- The lead's state is stored as a fact, and goes to the inbox of enrolments that wait for it.
CREATE OR REPLACE FUNCTION sequences.enqueue_lead_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.event (id, partner_id, contact_id, activation_id, kind, name, at)
  SELECT NEW.id, NEW.partner_id, l.contact_id, l.activation_id, 'lead', NEW.status, NEW.at FROM leads.lead l
  WHERE l.id = NEW.lead_id AND (EXISTS (SELECT 1 FROM sequences.enrolment e WHERE e.contact_id = l.contact_id AND e.activation_id = l.activation_id AND e.listens)
    -- What made the lead may make the person enter: its steps ask for the lead's state.
    OR EXISTS (SELECT 1 FROM sequences.entry_rule r WHERE r.activation_id = l.activation_id));
  INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, name, at)
  -- A lead that a step of the campaign made ends nothing: see libs/sequencing/src/exclusion.ts.
  SELECT e.id, e.partner_id, 'lead', CASE WHEN l.source = 'sequence' AND NEW.status = 'new' THEN 'made-by-step' ELSE NEW.status END, NEW.at FROM leads.lead l JOIN sequences.enrolment e ON e.contact_id = l.contact_id AND e.activation_id = l.activation_id
  WHERE l.id = NEW.lead_id AND e.listens AND e.state IN ('waiting', 'running');
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER enqueue_lead_change AFTER INSERT ON leads.lead_event FOR EACH ROW WHEN (NEW.kind = 'status') EXECUTE FUNCTION sequences.enqueue_lead_change();
