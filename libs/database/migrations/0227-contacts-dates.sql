-- Dates of a contact: the next renewal of its contract, the last day of its warranty, the last day of
-- its trial, the day of its purchase. Campaigns of vendors name them.
ALTER TABLE contacts.contact
  ADD COLUMN renews_on date,
  ADD COLUMN warranty_ends_on date,
  ADD COLUMN trial_ends_on date,
  ADD COLUMN purchased_on date;
CREATE INDEX contact_renews_on ON contacts.contact (partner_id, renews_on) WHERE renews_on IS NOT NULL;
CREATE INDEX contact_warranty_ends_on ON contacts.contact (partner_id, warranty_ends_on) WHERE warranty_ends_on IS NOT NULL;
CREATE INDEX contact_trial_ends_on ON contacts.contact (partner_id, trial_ends_on) WHERE trial_ends_on IS NOT NULL;
CREATE INDEX contact_purchased_on ON contacts.contact (partner_id, purchased_on) WHERE purchased_on IS NOT NULL;
