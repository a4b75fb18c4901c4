-- Until when a message last waited because somebody had set that moment: a first look, a domain's daily limit, a hold. It is not late before.
ALTER TABLE delivery.message ADD COLUMN waited_until timestamptz;
