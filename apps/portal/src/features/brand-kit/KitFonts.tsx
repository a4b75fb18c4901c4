import { Autocomplete, Group, NativeSelect, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { fontStack } from '#contracts';
import { KitPart, type KitPartProps } from './KitPart';

const FALLBACKS = ['sans', 'serif', 'mono'] as const;
/** Fonts that most computers have: the rest is seen by few readers of e-mails. */
const COMMON = ['Arial', 'Georgia', 'Helvetica', 'Tahoma', 'Trebuchet MS', 'Verdana'];

/** Fonts of headings and text, with what is shown where they are missing. */
export function KitFonts({ design: { fonts }, isLocked, onDesign }: KitPartProps) {
  const { t } = useTranslation();
  return (
    <KitPart title={t('kitDesign.fonts')} why={t('kitDesign.fontsWhy')}>
      {(['heading', 'text'] as const).map((role) => {
        const font = fonts[role];
        const write = (family: string, fallback: (typeof FALLBACKS)[number]): void =>
          onDesign({ fonts: { ...fonts, [role]: family.trim() === '' ? null : { family, fallback } } });
        return (
          <div key={role}>
            <Group grow align="flex-start">
              <Autocomplete
                label={t(`kitDesign.font.${role}`)}
                placeholder={t('kitDesign.fontOfMail')}
                data={COMMON}
                value={font?.family ?? ''}
                maxLength={60}
                disabled={isLocked}
                onChange={(family) => write(family, font?.fallback ?? 'sans')}
              />
              <NativeSelect
                label={t('kitDesign.fallback')}
                value={font?.fallback ?? 'sans'}
                disabled={isLocked || font === null}
                data={FALLBACKS.map((one) => ({ value: one, label: t(`kitDesign.fallbacks.${one}`) }))}
                onChange={({ currentTarget: { value } }) =>
                  write(font?.family ?? '', FALLBACKS.find((one) => one === value) ?? 'sans')
                }
              />
            </Group>
            {font !== null && (
              <Text mt={6} style={{ fontFamily: fontStack(font) }} size={role === 'heading' ? 'xl' : 'sm'}>
                {t('kitDesign.fontSample')}
              </Text>
            )}
          </div>
        );
      })}
    </KitPart>
  );
}
