-- By which name the trouble of a look-up is known to whoever says it in another language; the sentence beside it stays English.
ALTER TABLE delivery.relay ADD COLUMN look_up_trouble text;
