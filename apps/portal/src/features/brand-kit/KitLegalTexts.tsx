import { ActionIcon, Group, NativeSelect, Stack, Textarea } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { KitPart, type KitPartProps } from './KitPart';

/** Countries with the language in which their legal text is usually written. */
const COUNTRIES = {
  GB: 'en',
  US: 'en',
  IE: 'en',
  AU: 'en',
  CA: 'en',
  SG: 'en',
  DE: 'de',
  AT: 'de',
  CH: 'de',
  FR: 'fr',
  BE: 'fr',
  ES: 'es',
  MX: 'es',
  IT: 'it',
  NL: 'nl',
  PL: 'pl',
  PT: 'pt',
  BR: 'pt',
  SE: 'sv',
  CZ: 'cs',
  AE: 'ar',
  JP: 'ja',
} as const;
type Country = keyof typeof COUNTRIES;
const CODES = Object.keys(COUNTRIES).filter((code): code is Country => code in COUNTRIES);

/** Legal texts by country. New legal blocks have that of each language's country. */
export function KitLegalTexts({ design: { legalTexts }, isLocked, onDesign }: KitPartProps) {
  const { t, i18n } = useTranslation();
  const countries = new Intl.DisplayNames([i18n.language], { type: 'region' });
  const nameOf = (code: string): string => countries.of(code) ?? code;
  const write = (at: number, change: Partial<(typeof legalTexts)[number]>): void =>
    onDesign({ legalTexts: legalTexts.map((one, index) => (index === at ? { ...one, ...change } : one)) });
  const open = CODES.filter((code) => !legalTexts.some(({ country }) => country === code));
  return (
    <KitPart title={t('kitDesign.legal')} why={t('kitDesign.legalWhy')}>
      {legalTexts.map(({ country, text }, at) => (
        <Group key={`${country} ${at}`} align="flex-end" wrap="nowrap">
          <Stack gap={0} style={{ flex: 1 }}>
            <Textarea
              label={nameOf(country)}
              lang={legalTexts[at]?.language ?? 'en'}
              autosize
              maxLength={2000}
              disabled={isLocked}
              value={text}
              onChange={(event) => write(at, { text: event.currentTarget.value })}
            />
          </Stack>
          <ActionIcon
            variant="default"
            size={36}
            disabled={isLocked}
            aria-label={t('kitDesign.removeLegal', { country: nameOf(country) })}
            onClick={() => onDesign({ legalTexts: legalTexts.filter((_, index) => index !== at) })}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {!isLocked && open.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={t('kitDesign.addLegal')}
          value=""
          data={[
            { value: '', label: t('kitDesign.addLegal') },
            ...open
              .map((code) => ({ value: code as string, label: nameOf(code) }))
              .toSorted((a, b) => a.label.localeCompare(b.label, i18n.language)),
          ]}
          onChange={({ currentTarget: { value } }) => {
            const country = CODES.find((code) => code === value);
            if (country === undefined) return;
            onDesign({ legalTexts: [...legalTexts, { country, language: COUNTRIES[country], text: '' }] });
          }}
        />
      )}
    </KitPart>
  );
}
