-- Columns of tables in privacy.export_source that need more than a line of JSON: the hash of a file in
-- storage, and the columns of a file for spreadsheets.
CREATE OR REPLACE FUNCTION privacy.export_columns() RETURNS TABLE (name text, file_column text, csv_columns text[])
  LANGUAGE sql IMMUTABLE AS $$
  VALUES
    ('brand.logo', 'original_hash', NULL::text[]),
    ('activations.asset', 'blob_hash', NULL),
    ('campaigns.campaign_version', 'package_hash', NULL),
    ('campaigns.draft_file', 'upload_hash', NULL),
    ('contacts.contact', NULL, '{email,salutation,first_name,last_name,company,phone,country,language,time_zone,industry,persona,stage,segment,renews_on,warranty_ends_on,trial_ends_on,purchased_on,consent_basis,created_at}')
$$;
