import { ColorInput, NativeSelect, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useBrandKitColours } from '../api';

/**
 * Colours of the partner's brand, by what they are used for. A text in the main colour, or on the link
 * colour, is not readable in every partner's colours: partners with such colours could not launch.
 */
const BRAND = {
  background: ['primary', 'secondary'],
  text: ['onPrimary', 'onSecondary', 'link'],
  line: ['primary', 'onPrimary', 'secondary', 'onSecondary', 'link'],
} as const;
const NAMES = BRAND.line;

/** What a colour is used for. */
export type ColourUse = keyof typeof BRAND;
const OWN = 'own';
const FIRST_OWN = '#101828';

interface ColourFieldProps {
  readonly label: string;
  readonly use: ColourUse;
  /** A colour, or the field of one; empty: inherited. */
  readonly value: string;
  readonly inherited: string;
  readonly onWrite: (value: string) => void;
}

/** Colours of the vendor's brand kit; none until it has some. */
function useVendorColours() {
  const { t } = useTranslation();
  const { data } = useBrandKitColours();
  const colours = data?.colours ?? null;
  const palette = (data?.design.palette ?? []).map(({ name, value }) => ({ value, label: `${name} (${value})` }));
  if (colours === null) return palette;
  const main = (['primary', 'link'] as const).map((name) => ({
    value: colours[name].toLowerCase(),
    label: t(`builder.kit.${name}`, { colour: colours[name].toLowerCase() }),
  }));
  return [...main, ...palette];
}

/** A colour of the partner's brand, of the vendor's brand kit, or any other. */
export function ColourField({ label, use, value, inherited, onWrite }: ColourFieldProps) {
  const { t } = useTranslation();
  const kit = useVendorColours().filter(
    (one, at, all) => all.findIndex(({ value: same }) => same === one.value) === at,
  );
  const all = NAMES.map((name) => ({ name, value: `{{brand.${name}}}`, label: t(`builder.brand.${name}`) }));
  const known = [...all, ...kit];
  // A campaign may have others already.
  const brand = all.filter(({ name, value: of }) => BRAND[use].some((one) => one === name) || of === value);
  const isOwn = value !== '' && known.every((one) => one.value !== value.toLowerCase() && one.value !== value);
  return (
    <Stack gap={4}>
      <NativeSelect
        label={label}
        value={isOwn ? OWN : (known.find((one) => one.value === value.toLowerCase())?.value ?? value)}
        data={[
          {
            value: '',
            label:
              inherited === ''
                ? t('builder.inherited')
                : t('builder.inheritedAs', { value: known.find((one) => one.value === inherited)?.label ?? inherited }),
          },
          {
            group: t('builder.coloursOf.partner'),
            items: brand.map(({ value: of, label: name }) => ({ value: of, label: name })),
          },
          ...(kit.length === 0 ? [] : [{ group: t('builder.coloursOf.vendor'), items: kit }]),
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
