import { Button, FileButton, Group, NativeSelect, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconCrop, IconPhoto, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CropDialog } from '../../../shared/library/CropDialog';
import { LibraryChoice } from '../../../shared/library/LibraryChoice';
import { ProblemNote } from '../../../shared/ProblemNote';
import type { PictureInCampaign } from './use-library-pictures';
import type { PictureChoices } from './use-picture-choices';

interface PictureFieldProps {
  readonly label: string;
  readonly value: string;
  readonly choices: Pick<PictureChoices, 'pictures' | 'library'>;
  /** @param alt texts of the library for readers who do not see it, by language. */
  readonly onWrite: (path: string, alt: Readonly<Record<string, string>>) => void;
}

/** A picture of the package, of the library, or from the author's computer, and its cut. */
export function PictureField({ label, value, choices, onWrite }: PictureFieldProps) {
  const { t } = useTranslation();
  const { library, pictures } = choices;
  const [isChoosing, setChoosing] = useState(false);
  const [cutting, setCutting] = useState<(PictureInCampaign & { readonly isNew: boolean }) | null>(null);
  const open = useMutation({
    mutationFn: (from: File | string) => (typeof from === 'string' ? library.originOf(from) : library.add(from)),
    onSuccess: (picture, from) => setCutting({ ...picture, isNew: typeof from !== 'string' }),
  });
  const place = useMutation({
    mutationFn: library.place,
    onSuccess: (path, { asset }) => {
      setCutting(null);
      // Another cut of the same picture keeps its text.
      onWrite(path, cutting?.isNew === true ? asset.alt : {});
    },
  });
  const known = pictures.includes(value) || value === '' ? pictures : [value, ...pictures];
  return (
    <Stack gap={4}>
      <NativeSelect
        label={label}
        value={value}
        data={known.map((path) => ({ value: path, label: path.replace(/^images\//, '') }))}
        onChange={({ currentTarget }) => onWrite(currentTarget.value, {})}
      />
      <Group gap={6}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPhoto size={14} aria-hidden />}
          onClick={() => setChoosing(true)}
        >
          {t('library.inBuilder.choose')}
        </Button>
        <FileButton accept=".png,.jpg,.jpeg,.webp,.svg" onChange={(file) => file !== null && open.mutate(file)}>
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="default"
              loading={open.isPending && typeof open.variables !== 'string'}
              leftSection={<IconUpload size={14} aria-hidden />}
            >
              {t('builder.uploadPicture')}
            </Button>
          )}
        </FileButton>
        <Button
          size="xs"
          variant="default"
          disabled={!pictures.includes(value)}
          loading={open.isPending && typeof open.variables === 'string'}
          leftSection={<IconCrop size={14} aria-hidden />}
          onClick={() => open.mutate(value)}
        >
          {t('library.crop.open')}
        </Button>
      </Group>
      <ProblemNote error={open.error} />
      <LibraryChoice
        opened={isChoosing}
        title={t('library.inBuilder.choose')}
        kinds={['picture', 'logo']}
        onClose={() => setChoosing(false)}
        onChoose={(asset) => {
          setChoosing(false);
          setCutting({ asset, crop: asset.crop, isNew: true });
        }}
      />
      <CropDialog
        asset={cutting?.asset ?? null}
        crop={cutting?.crop ?? null}
        act={t('library.crop.use')}
        isBusy={place.isPending}
        error={place.error}
        onClose={() => setCutting(null)}
        onCut={(crop) => cutting !== null && place.mutate({ asset: cutting.asset, crop })}
      />
    </Stack>
  );
}
