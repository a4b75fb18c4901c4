-- A company that a distributor proposes is an application: the vendor, or the distributor's own setting,
-- decides. Its address is proved by the invitation.
ALTER TABLE joining.application
  ADD COLUMN distributor_id uuid REFERENCES organisations.membership (id) ON DELETE SET NULL,
  -- The person of the distributor. It stays when the distributor is deleted: the company has not applied.
  ADD COLUMN proposed_by text,
  ADD CONSTRAINT application_proposal_is_whole CHECK (distributor_id IS NULL OR proposed_by IS NOT NULL);
CREATE INDEX application_of_distributor ON joining.application (distributor_id, id) WHERE distributor_id IS NOT NULL;
