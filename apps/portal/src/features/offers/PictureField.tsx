import { Input, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localised } from '../../shared/localised';
import { PictureChoice, useLimitsOf } from '../../shared/pictures/PictureChoice';
import type { SlotTexts } from './slot-texts';
import { altOf, lacksAlt, type Slot } from './slots';

interface PictureFieldProps {
  readonly slot: Slot;
  readonly words: SlotTexts;
}

/** Id of the field of a picture, to which the preview leads. */
export const pictureFieldId = (name: string): string => `slot-${name}`;

/** The partner's own picture in place of the vendor's, and what it shows in words. */
export function PictureField({ slot, words }: PictureFieldProps) {
  const { i18n } = useTranslation();
  const limitsOf = useLimitsOf();
  const own = words.linesIn(slot);
  const label = localised(slot.labels, i18n.language);
  const help = localised(slot.help, i18n.language);
  return (
    <Stack gap={6} id={pictureFieldId(slot.name)} role="group" aria-label={label} tabIndex={-1}>
      <div>
        <Input.Label component="div">{label}</Input.Label>
        {help !== '' && <Input.Description>{help}</Input.Description>}
        {slot.picture !== null && <Input.Description>{limitsOf(slot.picture)}</Input.Description>}
      </div>
      <PictureChoice
        place={slot.picture}
        own={own}
        suggested={slot.picture?.suggested ?? null}
        isDisabled={!words.isLoaded}
        onName={(name) => words.write(slot, name)}
      />
      {own !== '' && <AltField slot={slot} words={words} />}
    </Stack>
  );
}

function AltField({ slot, words }: PictureFieldProps) {
  const { t } = useTranslation();
  const alt = altOf(slot, words.places);
  if (alt === undefined) return null;
  return (
    <TextInput
      label={t('slots.picture.alt')}
      lang={words.locale}
      description={t('slots.picture.altHelp')}
      maxLength={alt.maxChars}
      value={words.linesIn(alt)}
      readOnly={!words.isLoaded}
      onChange={(event) => words.write(alt, event.currentTarget.value)}
      error={lacksAlt(words.linesIn(slot), words.linesIn(alt)) ? t('slots.picture.noAlt') : null}
    />
  );
}
