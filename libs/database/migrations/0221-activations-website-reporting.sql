-- A partner's website reports pages and events of contacts who agreed: links to it then name the
-- click. Applies to launches from then on.
ALTER TABLE activations.launch_setting
  -- Null: that of the installation.
  ALTER COLUMN delay_minutes DROP NOT NULL,
  ADD COLUMN reports_website boolean NOT NULL DEFAULT false;

-- The address that a reader is led to names the click.
ALTER TABLE engagement.link_target ADD COLUMN names_reader boolean NOT NULL DEFAULT false;
