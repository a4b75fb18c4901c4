-- The other tables of contacts carry their partner through these.
ALTER TABLE contacts.contact ADD FOREIGN KEY (partner_id) REFERENCES organisations.organisation (id);
ALTER TABLE contacts.contact_list ADD FOREIGN KEY (partner_id) REFERENCES organisations.organisation (id);
ALTER TABLE contacts.suppression ADD FOREIGN KEY (partner_id) REFERENCES organisations.organisation (id);
ALTER TABLE contacts.contact_import ADD FOREIGN KEY (partner_id) REFERENCES organisations.organisation (id);
