-- A table that a system mail carries. It is deleted with the mail, which is deleted once it is sent.
ALTER TABLE identity.system_mail
  ADD COLUMN attachment_name text,
  ADD COLUMN attachment_type text,
  ADD COLUMN attachment bytea,
  ADD CONSTRAINT system_mail_attachment CHECK (num_nulls(attachment_name, attachment_type, attachment) IN (0, 3));
