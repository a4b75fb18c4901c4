-- People choose how they are told of the beginning and the end of partnerships.
ALTER TABLE identity.notification_choice
  DROP CONSTRAINT notification_choice_kind_check,
  ADD CONSTRAINT notification_choice_kind_check CHECK (kind IN (
    'campaigns', 'leads', 'finished', 'weekly', 'versions', 'partnerships', 'steps', 'replies', 'sending', 'webhooks',
    'reviews', 'launches', 'shared-leads', 'expiring', 'idle-partners'
  ));
-- An owner that is no superuser changes the rows under their policies.
SELECT set_config('throughline.system', 'on', true);
-- The end of a partnership had been part of the mails about versions.
INSERT INTO identity.notification_choice (user_id, organisation_id, kind, delivery, in_app)
SELECT user_id, organisation_id, 'partnerships', delivery, in_app FROM identity.notification_choice WHERE kind = 'versions';
SELECT set_config('throughline.system', '', true);
