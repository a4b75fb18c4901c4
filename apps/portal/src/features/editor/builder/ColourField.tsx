import { ColorInput, NativeSelect, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Colours of the partner's brand that an e-mail can use. */
const BRAND = ['primary', 'onPrimary', 'secondary', 'onSecondary', 'link'] as const;
const OWN = 'own';
const FIRST_OWN = '#101828';

interface ColourFieldProps {
  readonly label: string;
  /** A colour, or the field of one; empty: inherited. */
  readonly value: string;
  readonly inherited: string;
  readonly onWrite: (value: string) => void;
}

/** A colour of the partner's brand, or one of the vendor's own. */
export function ColourField({ label, value, inherited, onWrite }: ColourFieldProps) {
  const { t } = useTranslation();
  const brand = BRAND.map((name) => ({ value: `{{brand.${name}}}`, label: t(`builder.brand.${name}`) }));
  const isOwn = value !== '' && brand.every((one) => one.value !== value);
  return (
    <Stack gap={4}>
      <NativeSelect
        label={label}
        value={isOwn ? OWN : value}
        data={[
          {
            value: '',
            label: inherited === '' ? t('builder.inherited') : t('builder.inheritedAs', { value: inherited }),
          },
          ...brand,
          { value: OWN, label: t('builder.ownColour') },
        ]}
        onChange={({ currentTarget }) => onWrite(currentTarget.value === OWN ? FIRST_OWN : currentTarget.value)}
      />
      {isOwn && (
        <ColorInput
          key={value}
          aria-label={t('builder.ownColourOf', { label })}
          format="hex"
          defaultValue={value}
          eyeDropperButtonProps={{ 'aria-label': t('boxes.pick') }}
          onChangeEnd={(colour) => onWrite(colour.toLowerCase())}
        />
      )}
    </Stack>
  );
}
