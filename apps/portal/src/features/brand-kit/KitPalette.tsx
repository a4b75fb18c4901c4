import { ActionIcon, Button, ColorInput, Group, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { KitPart, type KitPartProps } from './KitPart';

const MOST = 12;
const FIRST = '#475467';

/** Colours besides the primary one, with names. */
export function KitPalette({ design: { palette }, isLocked, onDesign }: KitPartProps) {
  const { t } = useTranslation();
  const write = (at: number, change: Partial<(typeof palette)[number]>): void =>
    onDesign({ palette: palette.map((colour, index) => (index === at ? { ...colour, ...change } : colour)) });
  return (
    <KitPart title={t('kitDesign.palette')} why={t('kitDesign.paletteWhy')}>
      {palette.map(({ name, value }, at) => (
        <Group key={at} align="flex-end" wrap="nowrap">
          <TextInput
            label={t('kitDesign.colourName')}
            value={name}
            maxLength={40}
            disabled={isLocked}
            style={{ flex: 1 }}
            onChange={(event) => write(at, { name: event.currentTarget.value })}
          />
          <ColorInput
            label={t('kitDesign.colour')}
            format="hex"
            value={value}
            disabled={isLocked}
            style={{ flex: 1 }}
            eyeDropperButtonProps={{ 'aria-label': t('brand.pick', { name }) }}
            onChange={(next) => write(at, { value: next.toLowerCase() })}
          />
          <ActionIcon
            variant="default"
            size={36}
            disabled={isLocked}
            aria-label={t('kitDesign.removeColour', { name })}
            onClick={() => onDesign({ palette: palette.filter((_, index) => index !== at) })}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {!isLocked && palette.length < MOST && (
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() =>
              onDesign({
                palette: [...palette, { name: t('kitDesign.newColour', { number: palette.length + 1 }), value: FIRST }],
              })
            }
          >
            {t('kitDesign.addColour')}
          </Button>
        </Group>
      )}
    </KitPart>
  );
}
