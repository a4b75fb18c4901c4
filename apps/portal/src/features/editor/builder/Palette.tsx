import { Button, SimpleGrid } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { PALETTE_NAMES, type PaletteName } from './palette-blocks';
import type { BlockDrag } from './use-block-drag';

interface PaletteProps {
  readonly drag: Pick<BlockDrag, 'isEndOfDrag' | 'handlers'>;
  readonly onInsert: (name: PaletteName) => void;
}

/**
 * Blocks to insert after the selected one, or to drag to their place. The same
 * after each act, so it is rendered once.
 */
export const Palette = memo(function Palette({ drag, onInsert }: PaletteProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={2} spacing={6} role="group" aria-label={t('builder.palette')}>
      {PALETTE_NAMES.map((name) => (
        <Button
          key={name}
          size="xs"
          variant="default"
          className="naming-button palette-block"
          onClick={(event) => {
            if (!drag.isEndOfDrag(event)) onInsert(name);
          }}
          {...drag.handlers(name)}
        >
          {t(`builder.block.${name}`)}
        </Button>
      ))}
    </SimpleGrid>
  );
});
