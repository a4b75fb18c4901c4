import { Alert, Button, Group, List, Paper, Progress, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import '@mantine/dropzone/styles.layer.css';
import { IconCloudUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../shared/api';
import { useProblemText } from '../../shared/problem-text';
import type { UploadQueue } from './use-upload-queue';

interface UploadBoxProps {
  readonly queue: UploadQueue;
  /** In which new files go. */
  readonly folder: string;
}

/** Takes any number of files, dropped or chosen, and shows how far they are. */
export function UploadBox({ queue, folder }: UploadBoxProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Dropzone
        multiple
        onDropAny={(taken, refused) => queue.add([...taken, ...refused.map(({ file }) => file)], folder)}
        // Required by the library.
        onDrop={() => undefined}
        inputProps={{ 'aria-label': t('library.upload.drop') }}
      >
        <Group justify="center" wrap="nowrap" py="sm">
          <IconCloudUpload size={32} stroke={1.4} aria-hidden />
          <div>
            <Text fw={600}>{t('library.upload.drop')}</Text>
            <Text size="sm" c="dimmed">
              {folder === '' ? t('library.upload.kinds') : t('library.upload.into', { folder })}
            </Text>
          </div>
        </Group>
      </Dropzone>
      {queue.total > 0 && <QueueState queue={queue} />}
    </Stack>
  );
}

function QueueState({ queue: { total, done, failed, isBusy, again, clear } }: { readonly queue: UploadQueue }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between">
          <Text size="sm" role="status">
            {isBusy
              ? t('library.upload.running', { done, total })
              : t('library.upload.done', { count: done - failed.length, total })}
          </Text>
          {!isBusy && (
            <Button size="compact-sm" variant="default" onClick={clear}>
              {t('library.upload.close')}
            </Button>
          )}
        </Group>
        <Progress value={(done / total) * 100} aria-label={t('library.upload.progress')} animated={isBusy} />
        {failed.length > 0 && <Failed failed={failed} again={isBusy ? null : again} />}
      </Stack>
    </Paper>
  );
}

/** Most names that are shown; hundreds of them would push the library away. */
const SHOWN = 20;

interface FailedProps {
  readonly failed: UploadQueue['failed'];
  readonly again: (() => void) | null;
}

function Failed({ failed, again }: FailedProps) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const textOf = (error: unknown): string =>
    error instanceof ApiProblem ? problemText(error.problem) : t('problem.unexpected');
  return (
    <Alert color="red" role="alert" title={t('library.upload.failed', { count: failed.length })}>
      <List size="sm" spacing={4}>
        {failed.slice(0, SHOWN).map(({ file, error }, at) => (
          <List.Item key={at}>
            <bdi>
              <strong>{file.name}</strong>
            </bdi>{' '}
            {textOf(error).replace(`${file.name}: `, '')}
          </List.Item>
        ))}
      </List>
      {failed.length > SHOWN && <Text size="sm">{t('library.upload.more', { count: failed.length - SHOWN })}</Text>}
      {again !== null && (
        <Button size="xs" variant="default" mt="sm" onClick={again}>
          {t('library.upload.again')}
        </Button>
      )}
    </Alert>
  );
}
