-- needs: organisations.members_by_rules
-- Which of several rules take in one partner on a day. Rules ask about values that the partner itself must
-- not read: they are read by the process that answers whether a rule holds, and nothing else is answered.
CREATE OR REPLACE FUNCTION organisations.rules_met_by(programmes uuid[], rules jsonb[], today date, one_partner uuid)
RETURNS TABLE (rule_number int) LANGUAGE sql STABLE SET throughline.system = 'on' AS $$
  SELECT found.rule_number FROM organisations.members_by_rules(programmes, rules, today, one_partner) found
  WHERE one_partner IS NOT NULL $$;
