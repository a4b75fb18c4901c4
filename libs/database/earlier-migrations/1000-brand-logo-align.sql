-- A logo of another shape than its box stands left, in the middle or right of it.
ALTER TABLE brand.logo_image ADD COLUMN align text NOT NULL DEFAULT 'left' CHECK (align IN ('left', 'center', 'right'));
ALTER TABLE brand.logo_image DROP CONSTRAINT logo_image_pkey;
ALTER TABLE brand.logo_image ADD PRIMARY KEY (logo_id, surface, width, height, align);
