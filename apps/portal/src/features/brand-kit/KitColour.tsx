import { Alert, Button, ColorInput, Group, Paper, Stack, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrandKit } from '#contracts';
import { useFieldErrors } from '../../shared/field-errors';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { useTranslateCode } from '../../shared/translate-code';
import { saveColour, useKitChange } from './api';

const STANDARD = '#0f766e';
const COMPLETE = /^#[0-9a-f]{6}$/i;

interface KitColourProps {
  readonly kit: BrandKit;
  /** Called with a complete colour to preview; null: the saved one. */
  readonly onTrial: (primary: string | null) => void;
}

/** The colour of buttons and links, with the logo's colours to choose from. */
export function KitColour({ kit: { version, colours, logo, feedback }, onTrial }: KitColourProps) {
  const { t } = useTranslation();
  const can = useCan();
  const translateCode = useTranslateCode();
  const [colour, setColour] = useState(colours?.primary ?? STANDARD);
  const save = useKitChange(
    (primary: string | null) => saveColour(version, primary),
    () => {
      onTrial(null);
      notifications.show({ color: 'teal', message: t('brandKit.saved') });
    },
  );
  const fieldErrors = useFieldErrors(save.error);
  const change = (next: string) => {
    setColour(next);
    if (COMPLETE.test(next)) onTrial(next);
  };
  return (
    <Paper withBorder p="lg">
      <Stack>
        <Title order={2} size="h3">
          {t('brand.colours')}
        </Title>
        <ColorInput
          label={t('brandKit.primary')}
          description={t('brandKit.primaryWhy')}
          format="hex"
          swatches={[...(logo?.palette ?? [])]}
          eyeDropperButtonProps={{ 'aria-label': t('brand.pick', { name: t('brandKit.primary') }) }}
          value={colour}
          onChange={change}
          error={fieldErrors['colours.primary']}
          disabled={!can('brand-kit.edit')}
        />
        {feedback.map(({ code, message, remedy, named }) => (
          <Alert key={code} color="yellow">
            {translateCode('values', code, `${message} ${remedy}`, named)}
          </Alert>
        ))}
        <ProblemNote error={save.error} />
        {can('brand-kit.edit') && (
          <Group justify="flex-end">
            {colours !== null && (
              <Button variant="default" disabled={save.isPending} onClick={() => save.mutate(null)}>
                {t('brandKit.useStandard')}
              </Button>
            )}
            <Button loading={save.isPending} disabled={colour === colours?.primary} onClick={() => save.mutate(colour)}>
              {t('brandKit.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}
