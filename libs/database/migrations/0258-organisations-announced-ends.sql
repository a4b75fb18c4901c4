ALTER TABLE organisations.membership
  -- An end that was announced: by which side, by whom and when. Null: none. The reason is ended_reason.
  ADD COLUMN end_by text CHECK (end_by IN ('vendor', 'partner')),
  ADD COLUMN end_by_name text,
  ADD COLUMN end_announced_at timestamptz,
  -- From when on the partner is no longer in the programme.
  ADD COLUMN ends_at timestamptz,
  -- From when on nothing of the vendor's campaigns is sent or launched. It may be before or after ends_at.
  ADD COLUMN campaigns_end_at timestamptz,
  -- When the stop of its campaigns was handed to a job.
  ADD COLUMN campaigns_stopped_at timestamptz,
  -- The last that the other side was told of is an end: one that is taken back has to be told.
  ADD COLUMN end_known boolean NOT NULL DEFAULT false,
  -- The last end that was taken back: by which side, and when the other side was told.
  ADD COLUMN end_withdrawn_by text CHECK (end_withdrawn_by IN ('vendor', 'partner')),
  ADD COLUMN end_withdrawal_told_at timestamptz,
  -- The vendor lets a partner come back that has left, and when the partner was told.
  ADD COLUMN return_offered_at timestamptz,
  ADD COLUMN return_offer_told_at timestamptz,
  ADD CONSTRAINT membership_end_is_whole CHECK (
    num_nulls(end_by, end_by_name, end_announced_at, ends_at, campaigns_end_at) IN (0, 5));

-- Memberships that a vendor ended before: at once, with their campaigns, and nobody's name was stored.
-- An owner that is no superuser changes the rows under their policies.
SELECT set_config('throughline.system', 'on', true);
UPDATE organisations.membership SET end_by = 'vendor', end_by_name = '',
  end_announced_at = coalesce(end_told_at, now()), ends_at = coalesce(end_told_at, now()),
  campaigns_end_at = coalesce(end_told_at, now()), campaigns_stopped_at = now(), end_known = true
WHERE status = 'ended' AND joined_at IS NOT NULL AND ended_reason IS NOT NULL;
SELECT set_config('throughline.system', '', true);

CREATE INDEX membership_of_end ON organisations.membership (ends_at) WHERE ends_at IS NOT NULL AND status = 'active';
CREATE INDEX membership_of_campaigns_end ON organisations.membership (campaigns_end_at)
  WHERE campaigns_end_at IS NOT NULL AND campaigns_stopped_at IS NULL;

CREATE OR REPLACE VIEW organisations.membership_view WITH (security_invoker = true) AS
  SELECT vendor_id, programme_id, partner_id, tier, region, status, invited_at, joined_at, campaigns_end_at
  FROM organisations.membership;
