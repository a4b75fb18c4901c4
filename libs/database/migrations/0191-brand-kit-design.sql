-- Further colours, fonts, button style, default blocks and legal texts of a vendor's brand.
ALTER TABLE brand.brand_kit ADD COLUMN design jsonb NOT NULL DEFAULT '{}';
