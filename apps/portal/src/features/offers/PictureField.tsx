import { Button, FileButton, Group, Image, Input, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconPhoto, IconUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CropShares, PartnerPicture } from '#contracts';
import { useFormat } from '../../shared/format';
import { CropDialog } from '../../shared/library/CropDialog';
import { localised } from '../../shared/localised';
import { ProblemNote } from '../../shared/ProblemNote';
import { cutPicture, OWN_PICTURES, uploadPicture } from './api';
import { OwnPictures } from './OwnPictures';
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
  const { t, i18n } = useTranslation();
  const [isChoosing, setChoosing] = useState(false);
  const [picture, setPicture] = useState<PartnerPicture | null>(null);
  const client = useQueryClient();
  const upload = useMutation({
    mutationFn: uploadPicture,
    onSuccess: (added) => {
      void client.invalidateQueries({ queryKey: OWN_PICTURES });
      setPicture(added);
    },
  });
  const cut = useMutation({
    mutationFn: ({ id, crop }: { readonly id: string; readonly crop: CropShares | null }) => cutPicture(id, crop),
    onSuccess: ({ name }) => {
      setPicture(null);
      words.write(slot, name);
    },
  });
  const own = words.linesIn(slot);
  const shown = own === '' ? slot.picture?.suggested : `/b/${own}`;
  const label = localised(slot.labels, i18n.language);
  const help = localised(slot.help, i18n.language);
  return (
    <Stack gap={6} id={pictureFieldId(slot.name)} role="group" aria-label={label} tabIndex={-1}>
      <div>
        <Input.Label component="div">{label}</Input.Label>
        {help !== '' && <Input.Description>{help}</Input.Description>}
        <PictureLimits slot={slot} />
      </div>
      {shown != null && <Image src={shown} alt="" mah={160} w="auto" maw="100%" fit="contain" radius="sm" />}
      <Text size="sm">{t(own === '' ? 'slots.picture.ofVendor' : 'slots.picture.own')}</Text>
      <Group gap={6}>
        <FileButton accept=".png,.jpg,.jpeg,.webp,.svg" onChange={(file) => file !== null && upload.mutate(file)}>
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="default"
              disabled={!words.isLoaded}
              loading={upload.isPending}
              leftSection={<IconUpload size={14} aria-hidden />}
            >
              {t('slots.picture.upload')}
            </Button>
          )}
        </FileButton>
        <Button
          size="xs"
          variant="default"
          disabled={!words.isLoaded}
          leftSection={<IconPhoto size={14} aria-hidden />}
          onClick={() => setChoosing(true)}
        >
          {t('slots.picture.choose')}
        </Button>
        {own !== '' && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowBackUp size={14} aria-hidden />}
            onClick={() => words.write(slot, '')}
          >
            {t('slots.picture.takeBack')}
          </Button>
        )}
      </Group>
      <ProblemNote error={upload.error} />
      {own !== '' && <AltField slot={slot} words={words} />}
      <OwnPictures
        opened={isChoosing}
        onClose={() => setChoosing(false)}
        onChoose={(chosen) => {
          setChoosing(false);
          setPicture(chosen);
        }}
      />
      <CropDialog
        asset={picture === null ? null : { ...picture, title: picture.name, file: { ...picture, number: 1 } }}
        crop={null}
        place={slot.picture}
        act={t('library.crop.use')}
        isBusy={cut.isPending}
        error={cut.error}
        onClose={() => setPicture(null)}
        onCut={(crop) => picture !== null && cut.mutate({ id: picture.id, crop })}
      />
    </Stack>
  );
}

/** What the vendor asks of the picture. */
function PictureLimits({ slot: { picture } }: Pick<PictureFieldProps, 'slot'>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (picture === null) return null;
  const width = format.number(picture.minWidth);
  return (
    <Input.Description>
      {picture.ratio === null
        ? t('slots.picture.anyShape', { width })
        : t('slots.picture.shape', { shape: picture.ratio.join(':'), width })}
    </Input.Description>
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
