-- Who is on a list is read from this index alone: the policy asks for the partner, and without it each entry was looked up in the table.
ALTER TABLE contacts.contact_list_member DROP CONSTRAINT contact_list_member_pkey;
ALTER TABLE contacts.contact_list_member ADD CONSTRAINT contact_list_member_pkey PRIMARY KEY (list_id, contact_id) INCLUDE (partner_id);
