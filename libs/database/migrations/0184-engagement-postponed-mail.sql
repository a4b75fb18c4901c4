-- Mail that is not faulty but cannot be processed yet, such as a reply over the limit of a day, waits until
-- then. Meanwhile the mail behind it is read.
ALTER TABLE engagement.mailbox_mail ADD COLUMN not_before timestamptz;
