-- needs: organisations.members_by_rules
-- Which of several rules take in one partner on a day. Rules ask about values that the partner itself must
-- not read: they are read by the process that answers whether a rule holds, and nothing else is answered.
-- set_config, because only a superuser may name a setting of its own in SET of a function.
CREATE OR REPLACE FUNCTION organisations.rules_met_by(programmes uuid[], rules jsonb[], today date, one_partner uuid)
RETURNS TABLE (rule_number int) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  before text := coalesce(current_setting('throughline.system', true), '');
  met int[];
BEGIN
  PERFORM set_config('throughline.system', 'on', true);
  SELECT array_agg(found.rule_number) INTO met
  FROM organisations.members_by_rules(programmes, rules, today, one_partner) found WHERE one_partner IS NOT NULL;
  PERFORM set_config('throughline.system', before, true);
  RETURN QUERY SELECT unnest(met);
END $$;
