import { Button, Center, FileButton, Group, Image, Input, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconPhoto, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LibraryChoice } from '../../shared/library/LibraryChoice';
import { useAsset, uploadAsset } from '../../shared/library/requests';
import { ProblemNote } from '../../shared/ProblemNote';
import { queryKeys } from '../../shared/query-keys';

interface PosterFieldProps {
  /** Id of the picture; null: none. */
  readonly poster: string | null;
  /** Of the video: an uploaded picture goes there, too. */
  readonly folder: string;
  readonly disabled: boolean;
  readonly error: string | undefined;
  readonly onPoster: (poster: string | null) => void;
}

/** The picture that stands for a video: one of the library, or one that is uploaded into it. */
export function PosterField({ poster, folder, disabled, error, onPoster }: PosterFieldProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [choosing, setChoosing] = useState(false);
  const upload = useMutation({
    mutationFn: (file: File) => uploadAsset(file, folder),
    onSuccess: async (asset) => {
      onPoster(asset.id);
      await client.invalidateQueries({ queryKey: queryKeys.library });
    },
  });
  return (
    <Input.Wrapper
      labelElement="div"
      label={t('library.poster.label')}
      description={t('library.poster.why')}
      error={error}
    >
      <Stack gap="xs" mt={6}>
        {poster !== null && <ChosenPoster id={poster} />}
        {!disabled && (
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPhoto size={14} aria-hidden />}
              onClick={() => setChoosing(true)}
            >
              {t('library.poster.choose')}
            </Button>
            <FileButton
              accept="image/jpeg,image/png,image/webp,image/svg+xml"
              onChange={(file) => file !== null && upload.mutate(file)}
            >
              {(props) => (
                <Button
                  {...props}
                  size="xs"
                  variant="default"
                  loading={upload.isPending}
                  leftSection={<IconUpload size={14} aria-hidden />}
                >
                  {t('library.poster.upload')}
                </Button>
              )}
            </FileButton>
            {poster !== null && (
              <Button size="xs" variant="subtle" onClick={() => onPoster(null)}>
                {t('library.poster.remove')}
              </Button>
            )}
          </Group>
        )}
        <ProblemNote error={upload.error} />
      </Stack>
      <LibraryChoice
        opened={choosing}
        title={t('library.poster.choose')}
        kinds={['picture', 'logo']}
        onClose={() => setChoosing(false)}
        onChoose={({ id }) => {
          onPoster(id);
          setChoosing(false);
        }}
      />
    </Input.Wrapper>
  );
}

/** The picture, and why partners do not see it if it cannot be used any more. */
function ChosenPoster({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { data, isError } = useAsset(id);
  const obstacle = isError
    ? 'gone'
    : data === undefined
      ? null
      : data.withdrawn !== null
        ? 'withdrawn'
        : data.state === 'expired'
          ? 'expired'
          : null;
  return (
    <Stack gap={4} align="flex-start">
      {data?.file?.preview != null && (
        <Center className="asset-picture" maw="100%">
          <Image src={data.file.preview} alt={data.title} mah={120} w="auto" maw="100%" fit="contain" />
        </Center>
      )}
      {data !== undefined && (
        <Text size="sm">
          <bdi>{data.title}</bdi>
        </Text>
      )}
      {obstacle !== null && (
        <Text size="sm" c="var(--mantine-color-error)" role="status">
          {t(`library.poster.${obstacle}`)}
        </Text>
      )}
    </Stack>
  );
}
