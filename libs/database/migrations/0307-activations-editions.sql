-- needs: database.is_system, database.partner_scope, database.refuse_change

-- An update puts another version under a running activation. Each state that it has run is an
-- edition: a roll-back makes an earlier one the current one again.
ALTER TABLE activations.activation
  ADD COLUMN edition integer NOT NULL DEFAULT 1,
  -- How many there are. 1: it was never updated, and needs no row of its own below.
  ADD COLUMN editions integer NOT NULL DEFAULT 1 CHECK (editions >= edition);

-- What belongs to an edition. Written at the first update: for the state before it, and for the new one.
CREATE TABLE activations.edition (
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  number integer NOT NULL CHECK (number > 0),
  partner_id uuid NOT NULL,
  version_id uuid NOT NULL REFERENCES campaigns.campaign_version (id),
  slots jsonb NOT NULL,
  -- Values of the partner whose slot is gone, or that it replaced.
  parked jsonb NOT NULL DEFAULT '{}',
  choices jsonb NOT NULL,
  brand_version integer NOT NULL,
  leads_from_clicks boolean NOT NULL,
  planned_end_at timestamptz,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (activation_id, number)
);
CREATE TRIGGER edition_is_final BEFORE UPDATE OR DELETE ON activations.edition
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE activations.edition ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY edition_process ON activations.edition USING ((SELECT database.is_system()));
CREATE POLICY edition_partner ON activations.edition USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON activations.edition TO throughline_app;

-- E-mails, pages and files of earlier editions stay: receipts refer to them.
ALTER TABLE activations.baked_master
  ADD COLUMN edition integer NOT NULL DEFAULT 1,
  DROP CONSTRAINT baked_master_pkey,
  ADD PRIMARY KEY (activation_id, edition, kind, key, locale);
ALTER TABLE activations.asset
  ADD COLUMN edition integer NOT NULL DEFAULT 1,
  DROP CONSTRAINT asset_activation_id_kind_key_locale_format_key,
  ADD CONSTRAINT asset_once UNIQUE (activation_id, edition, kind, key, locale, format);
