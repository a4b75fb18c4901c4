import { Button, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PALETTE_NAMES, withPaletteBlock } from './palette-blocks';
import type { BlockDrag } from './use-block-drag';
import type { Builder } from './use-builder';

interface PaletteProps {
  readonly builder: Builder;
  readonly pictures: readonly string[];
  readonly drag: BlockDrag;
}

/** Blocks to insert after the selected one, or to drag to their place. */
export function Palette({ builder, pictures, drag }: PaletteProps) {
  const { t } = useTranslation();
  const { email, block, perform } = builder;
  return (
    <SimpleGrid cols={2} spacing={6} role="group" aria-label={t('builder.palette')}>
      {PALETTE_NAMES.map((name) => (
        <Button
          key={name}
          size="xs"
          variant="default"
          className="naming-button palette-block"
          onClick={(event) => {
            if (!drag.isEndOfDrag(event)) perform(withPaletteBlock(email, name, block, pictures));
          }}
          {...drag.handlers(name)}
        >
          {t(`builder.block.${name}`)}
        </Button>
      ))}
    </SimpleGrid>
  );
}
