-- needs: database.is_system, database.partner_scope, database.refuse_change, database.vendor_scope

CREATE TABLE campaigns.campaign (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  -- The name in campaign.yaml. A pushed package finds its campaign by it.
  name text NOT NULL,
  created_at timestamptz NOT NULL,
  -- Hidden from the list; its records stay.
  archived_at timestamptz,
  -- The package that it was copied from, to find texts that are still those of the original.
  template_hash text,
  -- The vendor's own words, by which it finds the campaign.
  tags jsonb NOT NULL DEFAULT '[]',
  UNIQUE (vendor_id, name),
  UNIQUE (id, vendor_id)
);
ALTER TABLE campaigns.campaign ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY campaign_of_vendor ON campaigns.campaign USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY campaign_for_system ON campaigns.campaign FOR SELECT USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON campaigns.campaign TO throughline_app;
GRANT UPDATE (archived_at, tags) ON campaigns.campaign TO throughline_app;

CREATE TABLE campaigns.campaign_version (
  id uuid PRIMARY KEY,
  campaign_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  status text NOT NULL CHECK (status IN ('draft', 'in-review', 'published', 'retired', 'recalled')),
  title jsonb NOT NULL,
  summary jsonb NOT NULL,
  theme text NOT NULL,
  locales jsonb NOT NULL,
  package_hash text NOT NULL,
  compiled_hash text NOT NULL,
  warnings jsonb NOT NULL,
  -- Warnings that a person has confirmed to be right: [{code, file, message, at, by}].
  confirmations jsonb NOT NULL DEFAULT '[]',
  created_at timestamptz NOT NULL,
  created_by_name text NOT NULL,
  -- Who saved the files that it has now, and when.
  saved_at timestamptz NOT NULL,
  saved_by_name text NOT NULL,
  submitted_at timestamptz,
  submitted_by_user_id uuid,
  submitted_by_name text,
  -- Approvers that the submitter has asked, with their names then: [{id, name}]. Empty: all.
  reviewers jsonb NOT NULL DEFAULT '[]',
  review_due_on date,
  approved_at timestamptz,
  approved_by_user_id uuid,
  approved_by_name text,
  -- The four-eyes rule was waived: the vendor had no second person who may approve.
  approved_alone boolean NOT NULL DEFAULT false,
  published_at timestamptz,
  published_by_name text,
  opens_on date,
  closes_on date,
  manifest_hash text,
  ended_at timestamptz,
  -- What partners are told about a retirement or recall.
  ended_reason text,
  -- No partner may launch it since then. Running activations continue.
  launches_stopped_at timestamptz,
  -- When a check of the version's links was last requested, and when it finished. It can be
  -- requested again after a page was repaired.
  link_check_requested_at timestamptz,
  links_checked_at timestamptz,
  for_everyone boolean NOT NULL DEFAULT false,
  UNIQUE (campaign_id, number),
  UNIQUE (id, vendor_id),
  FOREIGN KEY (campaign_id, vendor_id) REFERENCES campaigns.campaign (id, vendor_id),
  CHECK ((status = 'draft') = (submitted_at IS NULL)),
  CHECK (submitted_at IS NOT NULL OR (reviewers = '[]' AND review_due_on IS NULL)),
  CHECK (approved_at IS NULL OR submitted_at IS NOT NULL),
  CHECK ((approved_at IS NULL) = (approved_by_user_id IS NULL)),
  CHECK (approved_alone OR approved_by_user_id IS DISTINCT FROM submitted_by_user_id OR approved_by_user_id IS NULL),
  CHECK ((status IN ('draft', 'in-review')) = (published_at IS NULL)),
  CHECK (published_at IS NULL OR (approved_at IS NOT NULL AND opens_on IS NOT NULL AND closes_on >= opens_on AND manifest_hash IS NOT NULL)),
  CHECK ((status IN ('retired', 'recalled')) = (ended_at IS NOT NULL)),
  CHECK (ended_at IS NOT NULL OR ended_reason IS NULL),
  CHECK (status <> 'recalled' OR ended_reason IS NOT NULL),
  CHECK (published_at IS NOT NULL OR launches_stopped_at IS NULL),
  CHECK (published_at IS NOT NULL OR NOT for_everyone)
);
-- One version at a time is in draft or in review.
CREATE UNIQUE INDEX campaign_version_in_work ON campaigns.campaign_version (campaign_id)
  WHERE status IN ('draft', 'in-review');
CREATE INDEX campaign_version_of_vendor ON campaigns.campaign_version (vendor_id, published_at)
  WHERE published_at IS NOT NULL;
CREATE TRIGGER campaign_version_stays BEFORE TRUNCATE ON campaigns.campaign_version
  FOR EACH STATEMENT EXECUTE FUNCTION database.refuse_change();
ALTER TABLE campaigns.campaign_version ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY version_of_vendor ON campaigns.campaign_version
  USING (vendor_id = (SELECT database.vendor_scope()));
-- A partner sees the published versions of programmes that it is or was in. Drafts are visible to
-- the vendor only.
CREATE POLICY version_for_partner ON campaigns.campaign_version FOR SELECT USING (
  published_at IS NOT NULL
  AND EXISTS (SELECT 1 FROM organisations.membership m
    WHERE m.vendor_id = campaign_version.vendor_id AND m.partner_id = (SELECT database.partner_scope()) AND m.status <> 'invited'));
CREATE POLICY version_for_system ON campaigns.campaign_version FOR SELECT
  USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON campaigns.campaign_version TO throughline_app;
GRANT UPDATE (
  status, title, summary, theme, locales, package_hash, compiled_hash, warnings, confirmations, saved_at,
  saved_by_name, submitted_at,
  submitted_by_user_id, submitted_by_name, reviewers, review_due_on, approved_at, approved_by_user_id, approved_by_name,
  approved_alone, published_at, published_by_name, opens_on, closes_on, manifest_hash,
  ended_at, ended_reason, launches_stopped_at, link_check_requested_at, links_checked_at, for_everyone
) ON campaigns.campaign_version TO throughline_app;

-- Changes to files of the newest version, stored at each pause in typing, with mistakes too: one row
-- for each changed file. Saving the draft or submitting it moves them into its package.
CREATE TABLE campaigns.draft_file (
  campaign_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  path text NOT NULL CHECK (length(path) BETWEEN 1 AND 200),
  -- The package whose file was changed. If it is not that of the newest version, the files were
  -- replaced meanwhile, and an author decides.
  package_hash text NOT NULL,
  -- The new text, or the blob of an uploaded file. Neither: the file is removed.
  text text,
  upload_hash text,
  bytes integer NOT NULL CHECK (bytes >= 0),
  -- Another one at each save.
  revision uuid NOT NULL,
  saved_at timestamptz NOT NULL,
  saved_by_user_id uuid,
  saved_by_name text NOT NULL,
  PRIMARY KEY (campaign_id, path),
  CHECK (text IS NULL OR upload_hash IS NULL),
  FOREIGN KEY (campaign_id, vendor_id) REFERENCES campaigns.campaign (id, vendor_id) ON DELETE CASCADE
);
ALTER TABLE campaigns.draft_file ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY draft_file_of_vendor ON campaigns.draft_file USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY draft_file_for_system ON campaigns.draft_file FOR SELECT USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON campaigns.draft_file TO throughline_app;
GRANT UPDATE (
  package_hash, text, upload_hash, bytes, revision, saved_at, saved_by_user_id, saved_by_name
) ON campaigns.draft_file TO throughline_app;

-- Blobs of a vendor's campaigns that may be deleted: packages, what was compiled from them, and
-- uploads. Their bytes count against the vendor's quota. A blob without any row is stored for ever.
CREATE TABLE campaigns.stored_blob (
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  -- Null: uploads to drafts, and what was compiled from changes that were not saved.
  package_hash text,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  bytes bigint NOT NULL CHECK (bytes >= 0),
  UNIQUE NULLS NOT DISTINCT (vendor_id, package_hash, hash)
);
CREATE INDEX stored_blob_hash ON campaigns.stored_blob (hash);
ALTER TABLE campaigns.stored_blob ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY stored_blob_of_vendor ON campaigns.stored_blob FOR SELECT USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY stored_blob_process ON campaigns.stored_blob USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON campaigns.stored_blob TO throughline_app;

-- Comments of reviewers.
CREATE TABLE campaigns.review_comment (
  id uuid PRIMARY KEY,
  version_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  at timestamptz NOT NULL,
  author_name text NOT NULL,
  text text NOT NULL,
  -- The comment sent the version back. A comment may also only name its subject, be answered and be
  -- resolved.
  returned boolean NOT NULL DEFAULT true,
  author_user_id uuid,
  about_kind text CHECK (about_kind IN ('email', 'page', 'document', 'social', 'step')),
  about_key text,
  answers uuid,
  resolved_at timestamptz,
  resolved_by_user_id uuid,
  resolved_by_name text,
  UNIQUE (id, version_id),
  FOREIGN KEY (version_id, vendor_id) REFERENCES campaigns.campaign_version (id, vendor_id) ON DELETE CASCADE,
  FOREIGN KEY (answers, version_id) REFERENCES campaigns.review_comment (id, version_id),
  CHECK ((about_kind IS NULL) = (about_key IS NULL)),
  CHECK ((resolved_at IS NULL) = (resolved_by_name IS NULL)),
  CHECK (resolved_at IS NOT NULL OR resolved_by_user_id IS NULL),
  CHECK (answers IS NULL OR (NOT returned AND about_kind IS NULL AND resolved_at IS NULL))
);
CREATE INDEX review_comment_of_version ON campaigns.review_comment (version_id, at);
ALTER TABLE campaigns.review_comment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY comment_of_vendor ON campaigns.review_comment
  USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT ON campaigns.review_comment TO throughline_app;
GRANT UPDATE (
  resolved_at, resolved_by_user_id, resolved_by_name
) ON campaigns.review_comment TO throughline_app;

-- Published versions that have not opened yet. Their partners are notified once, on the first day.
CREATE TABLE campaigns.opening (
  version_id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  opens_on date NOT NULL,
  FOREIGN KEY (version_id, vendor_id) REFERENCES campaigns.campaign_version (id, vendor_id)
);
CREATE INDEX opening_due ON campaigns.opening (opens_on);
ALTER TABLE campaigns.opening ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY opening_of_vendor ON campaigns.opening FOR INSERT
  WITH CHECK (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY opening_process ON campaigns.opening USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON campaigns.opening TO throughline_app;

CREATE TABLE campaigns.version_group (
  version_id uuid NOT NULL,
  group_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  PRIMARY KEY (version_id, group_id),
  FOREIGN KEY (version_id, vendor_id) REFERENCES campaigns.campaign_version (id, vendor_id),
  FOREIGN KEY (group_id, vendor_id) REFERENCES organisations.partner_group (id, vendor_id)
);
CREATE TRIGGER version_group_stays BEFORE TRUNCATE ON campaigns.version_group
  FOR EACH STATEMENT EXECUTE FUNCTION database.refuse_change();
ALTER TABLE campaigns.version_group ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY version_group_of_vendor ON campaigns.version_group
  USING (vendor_id = (SELECT database.vendor_scope()));
-- An organisation that sees a version also sees its groups.
CREATE POLICY version_group_for_partner ON campaigns.version_group FOR SELECT USING (
  (SELECT database.partner_scope()) IS NOT NULL
  AND EXISTS (SELECT FROM campaigns.campaign_version v WHERE v.id = version_group.version_id AND v.published_at IS NOT NULL));
CREATE POLICY version_group_for_system ON campaigns.version_group FOR SELECT
  USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON campaigns.version_group TO throughline_app;
