-- needs: database.is_system, database.vendor_scope

-- How a vendor reminds partners that joined and launched nothing. No row: it does not.
CREATE TABLE activations.onboarding_reminder_setting (
  vendor_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  is_on boolean NOT NULL,
  -- Days after a partner joined.
  first_after_days integer NOT NULL CHECK (first_after_days BETWEEN 1 AND 90),
  -- Days after the last reminder. At least seven: the limit of a person.
  again_after_days integer NOT NULL CHECK (again_after_days BETWEEN 7 AND 90),
  -- Of the partners that become due: this share gets no reminders, so that their effect can be measured.
  hold_out_percent integer NOT NULL CHECK (hold_out_percent BETWEEN 0 AND 50),
  -- Partners that are reminded in 24 hours at most.
  daily_limit integer NOT NULL CHECK (daily_limit BETWEEN 1 AND 1000),
  -- When the share was last changed. Partners that became due before are not compared: their groups were drawn otherwise.
  measured_since timestamptz NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL
);
ALTER TABLE activations.onboarding_reminder_setting ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY onboarding_reminder_setting_process ON activations.onboarding_reminder_setting
  USING ((SELECT database.is_system()));
CREATE POLICY onboarding_reminder_setting_of_vendor ON activations.onboarding_reminder_setting
  USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE ON activations.onboarding_reminder_setting TO throughline_app;

-- Partners that became due for reminders of a vendor: one row each, for good.
CREATE TABLE activations.onboarding_reminder (
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  due_at timestamptz NOT NULL,
  -- Drawn when it became due. It stays when the vendor changes its share.
  is_held_out boolean NOT NULL,
  -- Steps that were open then, and those of them that were done at observed_at. No row names the step
  -- of contacts: whether a partner has any is its own.
  open_steps text[] NOT NULL,
  done_steps text[] NOT NULL DEFAULT '{}',
  observed_at timestamptz NOT NULL,
  sent integer NOT NULL DEFAULT 0,
  last_sent_at timestamptz,
  -- How many reminders in a row have had no answer, with the last one.
  unanswered integer NOT NULL DEFAULT 0,
  -- Open steps that the last one named.
  open_count integer NOT NULL DEFAULT 0,
  -- Null: no more.
  next_at timestamptz,
  stop_reason text CHECK (stop_reason IN ('held-out', 'launched', 'ignored', 'enough', 'refused', 'hidden', 'ended')),
  stopped_at timestamptz,
  PRIMARY KEY (vendor_id, partner_id),
  CHECK (num_nulls(stop_reason, stopped_at) IN (0, 2)),
  CHECK ((next_at IS NULL) = (stop_reason IS NOT NULL))
);
CREATE INDEX onboarding_reminder_next ON activations.onboarding_reminder (vendor_id, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX onboarding_reminder_observed ON activations.onboarding_reminder (observed_at);
CREATE INDEX onboarding_reminder_of_partner ON activations.onboarding_reminder (partner_id);
ALTER TABLE activations.onboarding_reminder ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY onboarding_reminder_process ON activations.onboarding_reminder USING ((SELECT database.is_system()));
CREATE POLICY onboarding_reminder_of_vendor ON activations.onboarding_reminder FOR SELECT
  USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE ON activations.onboarding_reminder TO throughline_app;

-- People choose how they are reminded of the first launch.
ALTER TABLE identity.notification_choice
  DROP CONSTRAINT notification_choice_kind_check,
  ADD CONSTRAINT notification_choice_kind_check CHECK (kind IN (
    'campaigns', 'leads', 'finished', 'weekly', 'versions', 'partnerships', 'onboarding', 'steps', 'replies', 'sending',
    'webhooks', 'reviews', 'launches', 'shared-leads', 'expiring', 'idle-partners'
  ));
