-- By which relay a message went, or was left in doubt, and whose mail servers were meant: where evidence is looked for, and why it waits.
ALTER TABLE delivery.message
  -- The relay's id, or SMTP_URL. No reference: a relay may go, what it did stays. Null before the first hand-over, and where its process died unheard.
  ADD COLUMN relay text,
  -- Null where the recipient's domain has servers of its own: it may be a person's name, and these rows outlive their people.
  ADD COLUMN mail_group text;
