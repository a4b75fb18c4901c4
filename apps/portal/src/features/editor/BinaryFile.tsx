import { Anchor, Box, Button, FileButton, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconReplace } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { type FileSource, usePicture } from './file-bytes';
import type { useUpload } from './use-upload';

const PdfPages = lazy(() => import('../../shared/PdfPages'));

interface BinaryFileProps {
  readonly path: string;
  readonly source: FileSource;
  readonly upload: ReturnType<typeof useUpload>;
  /** Takes an upload back; undefined if there is none. */
  readonly onTakeBack: (() => void) | undefined;
}

/** A picture or document of the package, which another file can replace. */
export function BinaryFile({ path, source, upload, onTakeBack }: BinaryFileProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const ending = path.slice(path.lastIndexOf('.'));
  return (
    <Stack p="md" gap="sm">
      <Group justify="space-between">
        <Text size="sm">
          {path} · {t('editorFiles.size', { kilobytes: format.number(Math.max(1, Math.round(source.bytes / 1000))) })}
        </Text>
        <Group gap="sm">
          <Anchor href={source.url} download={path.slice(path.lastIndexOf('/') + 1)} size="sm">
            {t('editorFiles.download')}
          </Anchor>
          {onTakeBack !== undefined && (
            <Button size="xs" variant="default" onClick={onTakeBack}>
              {t('editorFiles.takeBack')}
            </Button>
          )}
          <FileButton accept={ending} onChange={(file) => file !== null && upload.mutate({ path, file })}>
            {(props) => (
              <Button
                {...props}
                size="xs"
                loading={upload.isPending}
                leftSection={<IconReplace size={14} aria-hidden />}
              >
                {t('editorFiles.replace')}
              </Button>
            )}
          </FileButton>
        </Group>
      </Group>
      <ProblemNote error={upload.error} />
      {ending.toLowerCase() === '.pdf' ? (
        <Suspense fallback={<Skeleton height={620} />}>
          <PdfPages key={source.hash} src={`${source.url}&of=${source.hash}`} />
        </Suspense>
      ) : (
        <PictureOf path={path} source={source} />
      )}
    </Stack>
  );
}

function PictureOf({ path, source }: Pick<BinaryFileProps, 'path' | 'source'>) {
  const { t } = useTranslation();
  const picture = usePicture(path, source);
  if (picture.error !== null) return <ProblemNote error={picture.error} />;
  if (picture.data === undefined) return <Skeleton height={280} />;
  return (
    <Box bg="#f1f3f5" p="md" ta="center">
      <img src={picture.data} alt={t('editorFiles.picture', { file: path })} style={{ maxWidth: '100%' }} />
    </Box>
  );
}
