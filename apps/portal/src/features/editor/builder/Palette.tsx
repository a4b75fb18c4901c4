import { Button, SimpleGrid } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TemplateType } from '#contracts';
import { useEditorOwner } from '../editor-owner';
import { newsletterPalette, type PaletteName, paletteNames } from './palette-blocks';
import type { BlockDrag } from './use-block-drag';

interface PaletteProps {
  readonly kind: TemplateType;
  /** The page has its form. */
  readonly hasForm: boolean;
  readonly drag: Pick<BlockDrag, 'isEndOfDrag' | 'handlers'>;
  readonly onInsert: (name: PaletteName) => void;
}

/**
 * Blocks to insert after the selected one, or to drag to their place. The same
 * after each act, so it is rendered once.
 */
export const Palette = memo(function Palette({ kind, hasForm, drag, onInsert }: PaletteProps) {
  const { t } = useTranslation();
  const { isNewsletter } = useEditorOwner();
  const names = isNewsletter ? newsletterPalette(kind) : paletteNames(kind);
  return (
    <SimpleGrid cols={2} spacing={6} role="group" aria-label={t('builder.palette')}>
      {names.map((name) => (
        <Button
          key={name}
          size="xs"
          variant="default"
          disabled={name === 'form' && hasForm}
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
