-- needs: database.is_system, database.vendor_scope

-- The waves in which a published version is offered to more partners. Opening one extends the version
-- by its partners: nothing is taken away.
CREATE TABLE activations.wave (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  campaign_id uuid NOT NULL REFERENCES campaigns.campaign (id),
  version_id uuid NOT NULL REFERENCES campaigns.campaign_version (id),
  version_number integer NOT NULL,
  opens_on date NOT NULL,
  -- Its partners: groups, a share of all partners in percent, or all. Exactly one.
  group_ids uuid[] NOT NULL DEFAULT '{}',
  share_percent integer CHECK (share_percent BETWEEN 1 AND 99),
  for_everyone boolean NOT NULL DEFAULT false,
  CHECK ((group_ids <> '{}')::int + (share_percent IS NOT NULL)::int + for_everyone::int = 1),
  -- It stays shut if the sending of more partners of the version is stopped. Null: no condition.
  most_stopped_partners integer CHECK (most_stopped_partners >= 0),
  planned_by text NOT NULL,
  planned_at timestamptz NOT NULL,
  paused_at timestamptz,
  opened_at timestamptz,
  -- When it was not opened, and why: how many partners were stopped then, or the code of the error.
  shut_at timestamptz,
  stopped_partners integer,
  shut_code text,
  CHECK (num_nonnulls(stopped_partners, shut_code) = (shut_at IS NOT NULL)::int)
);
CREATE INDEX wave_of_version ON activations.wave (version_id, opens_on);
CREATE INDEX wave_due ON activations.wave (opens_on) WHERE opened_at IS NULL AND paused_at IS NULL AND shut_at IS NULL;
ALTER TABLE activations.wave ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY wave_process ON activations.wave USING ((SELECT database.is_system()));
-- No policy for partners: they see what is offered to them.
CREATE POLICY wave_vendor ON activations.wave USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON activations.wave TO throughline_app;

CREATE OR REPLACE VIEW campaigns.campaign_version_view WITH (security_invoker = true) AS
  SELECT id, campaign_id, vendor_id, number, status, theme, title, compiled_hash, published_at,
    launches_stopped_at, closes_on
  FROM campaigns.campaign_version;
