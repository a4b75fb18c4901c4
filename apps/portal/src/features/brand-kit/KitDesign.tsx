import { Button, Group, Paper, Stack, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrandKit } from '#contracts';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { type KitDesign as Design, saveDesign, useKitChange } from './api';
import { KitBlocks } from './KitBlocks';
import { KitButton } from './KitButton';
import { KitFonts } from './KitFonts';
import { KitLegalTexts } from './KitLegalTexts';
import { KitPalette } from './KitPalette';

/** Further colours, fonts, button style, default blocks and legal texts. */
export function KitDesign({ kit }: { readonly kit: BrandKit }) {
  const { t } = useTranslation();
  const isLocked = !useCan()('brand-kit.edit');
  const [design, setDesign] = useState<Design>(kit.design);
  const save = useKitChange(
    () => saveDesign(kit, design),
    () => notifications.show({ color: 'teal', message: t('brandKit.saved') }),
  );
  const set = (change: Partial<Design>): void => setDesign((before) => ({ ...before, ...change }));
  const part = { design, isLocked, onDesign: set };
  return (
    <Paper withBorder p="lg">
      <Stack gap="xl">
        <Title order={2} size="h3">
          {t('kitDesign.title')}
        </Title>
        <KitPalette {...part} />
        <KitFonts {...part} />
        <KitButton {...part} primary={kit.colours?.primary ?? null} onPrimary={kit.colours?.onPrimary ?? null} />
        <KitBlocks {...part} />
        <KitLegalTexts {...part} />
        <ProblemNote error={save.error} />
        {!isLocked && (
          <Group justify="flex-end">
            <Button
              loading={save.isPending}
              disabled={JSON.stringify(design) === JSON.stringify(kit.design)}
              onClick={() => save.mutate(undefined)}
            >
              {t('kitDesign.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}
