import { Button, FileButton, Group, Image, Text } from '@mantine/core';
import { IconArrowBackUp, IconPhoto, IconUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CropShares, PartnerPicture } from '#contracts';
import { useFormat } from '../format';
import { CropDialog } from '../library/CropDialog';
import { ProblemNote } from '../ProblemNote';
import { OwnPictures } from './OwnPictures';
import { cutPicture, OWN_PICTURES, uploadPicture } from './requests';

/** What the place of a picture needs: width by height, and pixels. */
export interface PicturePlace {
  readonly ratio: readonly [number, number] | null;
  readonly minWidth: number;
}

interface PictureChoiceProps {
  readonly place: PicturePlace | null;
  /** Name of the partner's own cut; empty: the vendor's picture is shown. */
  readonly own: string;
  /** Address of the vendor's picture; null: it is shown elsewhere. */
  readonly suggested: string | null;
  readonly isDisabled?: boolean;
  readonly onName: (name: string) => void;
}

/** The partner's own picture in place of the vendor's: uploaded or chosen, and cut to fit. */
export function PictureChoice({ place, own, suggested, isDisabled = false, onName }: PictureChoiceProps) {
  const { t } = useTranslation();
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
      onName(name);
    },
  });
  const shown = own === '' ? suggested : `/b/${own}`;
  return (
    <>
      {shown !== null && <Image src={shown} alt="" mah={160} w="auto" maw="100%" fit="contain" radius="sm" />}
      <Text size="sm">{t(own === '' ? 'slots.picture.ofVendor' : 'slots.picture.own')}</Text>
      <Group gap={6}>
        <FileButton accept=".png,.jpg,.jpeg,.webp,.svg" onChange={(file) => file !== null && upload.mutate(file)}>
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="default"
              disabled={isDisabled}
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
          disabled={isDisabled}
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
            onClick={() => onName('')}
          >
            {t('slots.picture.takeBack')}
          </Button>
        )}
      </Group>
      <ProblemNote error={upload.error} />
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
        place={place}
        act={t('library.crop.use')}
        isBusy={cut.isPending}
        error={cut.error}
        onClose={() => setPicture(null)}
        onCut={(crop) => picture !== null && cut.mutate({ id: picture.id, crop })}
      />
    </>
  );
}

/** What the vendor asks of the picture. */
export function useLimitsOf(): (place: PicturePlace) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ ratio, minWidth }) => {
    const width = format.number(minWidth);
    return ratio === null
      ? t('slots.picture.anyShape', { width })
      : t('slots.picture.shape', { shape: ratio.join(':'), width });
  };
}
