import { Alert, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LibraryAsset } from '#contracts';
import { useGateText } from '../../shared/gate-text';

const CORNERS = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;
type Branding = NonNullable<LibraryAsset['branding']>;
const NONE: Branding = { logo: null, contact: null, page: 'last' };

interface BrandingFieldsProps {
  readonly asset: LibraryAsset;
  readonly disabled: boolean;
  /** Null: copies show nothing of the partner. */
  readonly onBranding: (branding: Branding | null) => void;
}

/** Where a partner's copy shows its logo and contact. */
export function BrandingFields({ asset: { kind, branding, file }, disabled, onBranding }: BrandingFieldsProps) {
  const { t } = useTranslation();
  const gateText = useGateText();
  const isDocument = kind === 'document';
  const set = (change: Partial<Branding>): void => {
    const next = { ...(branding ?? NONE), ...change };
    onBranding(next.logo === null && next.contact === null ? null : next);
  };
  const corners = [
    { value: '', label: t('library.corner.none') },
    ...CORNERS.map((corner) => ({ value: corner, label: t(`library.corner.${corner}`) })),
  ];
  const cornerOf = (value: string) => CORNERS.find((one) => one === value) ?? null;
  const slots = file?.slots ?? [];
  return (
    <Stack gap="xs">
      <div>
        <Text size="sm" fw={500}>
          {t('library.branding')}
        </Text>
        <Text size="xs" c="dimmed">
          {slots.length > 0 ? t('library.brandingFields', { fields: slots.join(', ') }) : t('library.brandingWhy')}
        </Text>
      </div>
      {file?.obstacle != null && (
        <Alert color="yellow">{t('library.obstacle', { why: gateText(file.obstacle) })}</Alert>
      )}
      <Group grow align="flex-start">
        <NativeSelect
          label={t('library.logoCorner')}
          disabled={disabled}
          value={branding?.logo ?? ''}
          data={corners}
          onChange={(event) => set({ logo: cornerOf(event.currentTarget.value) })}
        />
        {isDocument && (
          <NativeSelect
            label={t('library.contactCorner')}
            disabled={disabled}
            value={branding?.contact ?? ''}
            data={corners}
            onChange={(event) => set({ contact: cornerOf(event.currentTarget.value) })}
          />
        )}
        {isDocument && branding !== null && (
          <NativeSelect
            label={t('library.page')}
            disabled={disabled}
            value={branding.page}
            data={[
              { value: 'first', label: t('library.firstPage') },
              { value: 'last', label: t('library.lastPage') },
            ]}
            onChange={(event) => set({ page: event.currentTarget.value === 'first' ? 'first' : 'last' })}
          />
        )}
      </Group>
    </Stack>
  );
}
