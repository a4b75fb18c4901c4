-- Days on which campaigns of a vendor ran at its partners, since a day. They end on the day that the vendor is told:
-- when it was stopped, or the planned end, which follows from the version. When the contacts have finished would
-- tell values of their fields. Row-level security of the caller applies.
CREATE OR REPLACE FUNCTION insight.running_days(of_vendor uuid, from_day date)
RETURNS TABLE (partner_id uuid, "from" text, "to" text) LANGUAGE sql STABLE AS $$
  SELECT a.partner_id, (a.launched_at AT TIME ZONE 'UTC')::date::text,
    (coalesce(a.vendor_stopped_at, a.planned_end_at - interval '1 second') AT TIME ZONE 'UTC')::date::text
  FROM activations.activation a
  WHERE a.vendor_id = of_vendor
    AND (coalesce(a.vendor_stopped_at, a.planned_end_at) IS NULL OR coalesce(a.vendor_stopped_at, a.planned_end_at) >= from_day) $$;
