-- While it is paused, nothing that the account tells is taken: the provider is asked to tell it again later.
ALTER TABLE engagement.provider_source ADD COLUMN paused_at timestamptz;
-- What came last under its address and was not taken, and why; noted once a minute at most.
ALTER TABLE engagement.provider_source ADD COLUMN refused_at timestamptz;
ALTER TABLE engagement.provider_source ADD COLUMN refused_why text CHECK (refused_why IN ('proof', 'unreadable', 'paused'));
ALTER TABLE engagement.provider_source ADD CONSTRAINT provider_source_refusal_whole CHECK ((refused_at IS NULL) = (refused_why IS NULL));

-- Since when the mailbox cannot be read; null while it can. Why stands in the log.
ALTER TABLE engagement.mailbox ADD COLUMN failing_since timestamptz;
