-- Conditions of a wave on the released results of its campaign, in percent of e-mails. Null: no condition.
ALTER TABLE activations.wave
  ADD COLUMN most_bounced numeric(5, 2) CHECK (most_bounced > 0 AND most_bounced <= 100),
  ADD COLUMN most_complained numeric(5, 2) CHECK (most_complained > 0 AND most_complained <= 100),
  ADD COLUMN most_unsubscribed numeric(5, 2) CHECK (most_unsubscribed > 0 AND most_unsubscribed <= 100),
  -- The condition that was not met when the wave was to open:
  -- {"rate": "complained", "most": 0.1, "atMost": 0.14, "sent": 40000}. "atMost" is null where there were too few e-mails.
  ADD COLUMN shut_rate jsonb;
ALTER TABLE activations.wave DROP CONSTRAINT wave_check1;
ALTER TABLE activations.wave ADD CONSTRAINT wave_shut_for_one_reason
  CHECK (num_nonnulls(stopped_partners, shut_code, shut_rate) = (shut_at IS NOT NULL)::int);
