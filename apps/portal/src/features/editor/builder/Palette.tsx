import { Button, SimpleGrid } from '@mantine/core';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { PALETTE_NAMES, type PaletteName, withPaletteBlock } from './palette-blocks';
import type { BlockDrag } from './use-block-drag';
import type { Builder } from './use-builder';
import { useLatest } from './use-latest';

interface PaletteProps {
  readonly builder: Builder;
  readonly pictures: readonly string[];
  readonly drag: Pick<BlockDrag, 'isEndOfDrag' | 'handlers'>;
}

/** Blocks to insert after the selected one, or to drag to their place. */
export function Palette({ builder, pictures, drag }: PaletteProps) {
  const latest = useLatest({ builder, pictures });
  const insert = useMemo(
    () =>
      (name: PaletteName): void => {
        const { email, block, perform } = latest.current.builder;
        perform(withPaletteBlock(email, name, block, latest.current.pictures));
      },
    [latest],
  );
  return <PaletteButtons drag={drag} onInsert={insert} />;
}

interface PaletteButtonsProps extends Pick<PaletteProps, 'drag'> {
  readonly onInsert: (name: PaletteName) => void;
}

/** The same after each act, so it is rendered once. */
const PaletteButtons = memo(function PaletteButtons({ drag, onInsert }: PaletteButtonsProps) {
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
