-- A lead stops the partner's campaigns for its contact: 30 days while no user has answered it, as
-- long as a user works on it, and 30 days from its end. A withdrawn lead was never one.
CREATE OR REPLACE FUNCTION sequences.exclude_lead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'withdrawn' THEN
    UPDATE sequences.exclusion SET lifted_at = NEW.at WHERE lead_id = NEW.lead_id AND lifted_at IS NULL;
  ELSIF NEW.status = 'lost' THEN
    UPDATE sequences.exclusion SET ends_at = NEW.at + interval '30 days' WHERE lead_id = NEW.lead_id;
  ELSE
    INSERT INTO sequences.exclusion (id, partner_id, contact_id, activation_id, lead_id, reason, spares_own, at, ends_at)
    SELECT NEW.id, NEW.partner_id, l.contact_id, l.activation_id, l.id,
      CASE NEW.status WHEN 'won' THEN 'deal-won' ELSE 'became-lead' END, l.source = 'sequence' AND NEW.status = 'new', NEW.at,
      CASE WHEN NEW.status IN ('new', 'won') THEN NEW.at + interval '30 days' END
    FROM leads.lead l WHERE l.id = NEW.lead_id
    ON CONFLICT (lead_id) DO UPDATE SET reason = excluded.reason, spares_own = excluded.spares_own, at = excluded.at, ends_at = excluded.ends_at,
      -- A user who lifted it did not mean a withdrawn lead that is one again, nor a later deal.
      lifted_at = CASE WHEN NEW.status IN ('new', 'won') THEN NULL ELSE exclusion.lifted_at END
    WHERE exclusion.reason <> excluded.reason OR exclusion.spares_own <> excluded.spares_own OR exclusion.ends_at IS DISTINCT FROM excluded.ends_at;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER exclude_lead AFTER INSERT ON leads.lead_event FOR EACH ROW EXECUTE FUNCTION sequences.exclude_lead();
