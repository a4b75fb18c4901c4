import { ColorSwatch, Group, SegmentedControl, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const SCREENS = ['desktop', 'phone', 'dark'] as const;

/** Preview options; `dark` is a desktop with a dark colour scheme. */
export interface PreviewSettings {
  readonly screen: (typeof SCREENS)[number];
  /** Colours the parts by owner. */
  readonly parts: boolean;
}

/** Layout width of templates in CSS pixels, by screen. */
export const LAYOUT_WIDTHS = {
  emails: { desktop: 680, dark: 680, phone: 375 },
  pages: { desktop: 1040, dark: 1040, phone: 375 },
} as const;

export const DEFAULT_SETTINGS: PreviewSettings = { screen: 'desktop', parts: false };

/** Colours that the server uses for the parts. */
const PARTS = [
  { kind: 'locked', colour: '#dbe4ff' },
  { kind: 'slot', colour: '#fff3bf' },
  { kind: 'brand', colour: '#c3fae8' },
  { kind: 'recipient', colour: '#f3d9fa' },
] as const;

interface PreviewSettingsControlProps {
  readonly look: PreviewSettings;
  readonly onLook: (look: PreviewSettings) => void;
}

/** Selects the screen, and whether parts are coloured. */
export function PreviewSettingsControl({ look, onLook }: PreviewSettingsControlProps) {
  const { t } = useTranslation();
  return (
    <Group gap="sm">
      <SegmentedControl
        aria-label={t('review.screen')}
        value={look.screen}
        onChange={(screen) => onLook({ ...look, screen })}
        data={SCREENS.map((screen) => ({ value: screen, label: t(`review.${screen}`) }))}
      />
      <Switch
        label={t('parts.show')}
        checked={look.parts}
        onChange={(event) => onLook({ ...look, parts: event.currentTarget.checked })}
      />
    </Group>
  );
}

/** Legend of the part colours. */
export function PartsLegend() {
  const { t } = useTranslation();
  return (
    <Group component="ul" aria-label={t('parts.legend')} gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
      {PARTS.map(({ kind, colour }) => (
        <Group component="li" key={kind} gap={6} wrap="nowrap">
          <ColorSwatch color={colour} size={16} radius="sm" aria-hidden />
          <Text size="sm">{t(`parts.${kind}`)}</Text>
        </Group>
      ))}
    </Group>
  );
}
