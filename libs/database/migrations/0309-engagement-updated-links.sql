-- Links keep their numbers, which are in e-mails that were sent. An update may lead them elsewhere.
GRANT UPDATE (url, names_reader, is_ours) ON engagement.link_target TO throughline_app;
