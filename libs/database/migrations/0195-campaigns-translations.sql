-- needs: database.is_system, database.vendor_scope

-- What a person said of a text: in this language, it translates this source. Its state is computed from the
-- texts of the campaign now, so a later draft or version needs no rows of its own.
CREATE TABLE campaigns.translation (
  campaign_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  -- BCP 47.
  locale text NOT NULL CHECK (length(locale) BETWEEN 2 AND 35),
  -- welcome.subject, or campaign.yaml:summary.
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 300),
  source text NOT NULL CHECK (length(source) <= 40000),
  text text NOT NULL CHECK (length(text) <= 40000),
  translated_at timestamptz NOT NULL,
  translated_by_user_id uuid,
  translated_by_name text NOT NULL,
  reviewed_at timestamptz,
  reviewed_by_user_id uuid,
  reviewed_by_name text,
  PRIMARY KEY (campaign_id, locale, key),
  CHECK ((reviewed_at IS NULL) = (reviewed_by_name IS NULL)),
  FOREIGN KEY (campaign_id, vendor_id) REFERENCES campaigns.campaign (id, vendor_id) ON DELETE CASCADE
);
ALTER TABLE campaigns.translation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY translation_of_vendor ON campaigns.translation USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY translation_for_system ON campaigns.translation FOR SELECT USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON campaigns.translation TO throughline_app;
GRANT UPDATE (
  source, text, translated_at, translated_by_user_id, translated_by_name, reviewed_at, reviewed_by_user_id, reviewed_by_name
) ON campaigns.translation TO throughline_app;

-- Who releases the texts of a language, in all campaigns of a vendor.
CREATE TABLE campaigns.translation_reviewer (
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  locale text NOT NULL CHECK (length(locale) BETWEEN 2 AND 35),
  user_id uuid NOT NULL,
  chosen_at timestamptz NOT NULL,
  chosen_by_name text NOT NULL,
  PRIMARY KEY (vendor_id, locale)
);
ALTER TABLE campaigns.translation_reviewer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY translation_reviewer_of_vendor ON campaigns.translation_reviewer
  USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY translation_reviewer_for_system ON campaigns.translation_reviewer FOR SELECT
  USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON campaigns.translation_reviewer TO throughline_app;
GRANT UPDATE (user_id, chosen_at, chosen_by_name) ON campaigns.translation_reviewer TO throughline_app;

-- What a vendor asks of translations. Without a row: the defaults of the columns.
CREATE TABLE campaigns.translation_rule (
  vendor_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  -- Whether texts that a reviewer has not released hold a submission back.
  unreviewed text NOT NULL DEFAULT 'hold' CHECK (unreviewed IN ('hold', 'warn')),
  -- Whether a reviewer may release what he or she translated.
  own_review text NOT NULL DEFAULT 'allowed' CHECK (own_review IN ('allowed', 'refused'))
);
ALTER TABLE campaigns.translation_rule ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY translation_rule_of_vendor ON campaigns.translation_rule USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY translation_rule_for_system ON campaigns.translation_rule FOR SELECT USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON campaigns.translation_rule TO throughline_app;
GRANT UPDATE (unreviewed, own_review) ON campaigns.translation_rule TO throughline_app;

-- The last message about a language of a campaign: a request for review, or a reviewer's answer.
CREATE TABLE campaigns.translation_request (
  campaign_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  locale text NOT NULL CHECK (length(locale) BETWEEN 2 AND 35),
  kind text NOT NULL CHECK (kind IN ('review', 'rework', 'done')),
  -- Texts that it is about.
  count integer NOT NULL CHECK (count >= 0),
  comment text,
  -- People whose turn it is.
  reader_ids uuid[] NOT NULL,
  at timestamptz NOT NULL,
  by_user_id uuid,
  by_name text NOT NULL,
  PRIMARY KEY (campaign_id, locale),
  FOREIGN KEY (campaign_id, vendor_id) REFERENCES campaigns.campaign (id, vendor_id) ON DELETE CASCADE
);
ALTER TABLE campaigns.translation_request ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY translation_request_of_vendor ON campaigns.translation_request
  USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY translation_request_for_system ON campaigns.translation_request FOR SELECT
  USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON campaigns.translation_request TO throughline_app;
GRANT UPDATE (kind, count, comment, reader_ids, at, by_user_id, by_name) ON campaigns.translation_request TO throughline_app;
CREATE INDEX translation_request_reader ON campaigns.translation_request USING gin (reader_ids);
