-- The history of a deal names the partner that left it, and not its person: the partner of the deal reads it.
ALTER TABLE leads.deal_share NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit.entry NO FORCE ROW LEVEL SECURITY;
UPDATE leads.deal_share s SET revoked_by = s.participant_name
FROM audit.entry e
WHERE s.revoked_at IS NOT NULL AND s.participant_id IS NOT NULL AND e.partner_id = s.participant_id
  AND e.action = 'deal.left' AND e.subject_kind = 'deal-share' AND e.subject_id = s.id::text;
ALTER TABLE audit.entry FORCE ROW LEVEL SECURITY;
ALTER TABLE leads.deal_share FORCE ROW LEVEL SECURITY;
