import { Button, FileButton, Group, Stack, TextInput } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../shared/Dialog';
import { ProblemNote } from '../../shared/ProblemNote';
import type { useUpload } from './use-upload';

const TYPES = '.png,.jpg,.jpeg,.webp,.svg,.pdf';

interface UploadFileProps {
  readonly upload: ReturnType<typeof useUpload>;
  readonly onOpen: (path: string) => void;
}

/** Uploads a picture or document under a path that the author chooses. */
export function UploadFile({ upload, onOpen }: UploadFileProps) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [path, setPath] = useState('');
  const choose = (chosen: File | null): void => {
    upload.reset();
    setFile(chosen);
    setPath(chosen === null ? '' : pathFor(chosen.name));
  };
  const send = async (): Promise<void> => {
    if (file === null) return;
    await upload.mutateAsync({ path: path.trim(), file });
    setFile(null);
    onOpen(path.trim());
  };
  return (
    <>
      <FileButton accept={TYPES} onChange={choose}>
        {(props) => (
          <Button {...props} size="xs" variant="default" leftSection={<IconUpload size={14} aria-hidden />}>
            {t('editorFiles.upload')}
          </Button>
        )}
      </FileButton>
      <Dialog opened={file !== null} onClose={() => choose(null)} title={t('editorFiles.upload')} centered>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send().catch(() => undefined);
          }}
        >
          <Stack>
            <TextInput
              label={t('editorFiles.path')}
              description={t('editorFiles.pathHow')}
              value={path}
              onChange={(event) => setPath(event.currentTarget.value)}
              data-autofocus
            />
            <ProblemNote error={upload.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => choose(null)}>
                {t('common.back')}
              </Button>
              <Button type="submit" loading={upload.isPending} disabled={path.trim() === ''}>
                {t('editorFiles.uploadNow')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Dialog>
    </>
  );
}

/** `Our Hero.JPG` as `images/Our-Hero.jpg`. */
function pathFor(name: string): string {
  const [, stem = 'file', ending = ''] = /^(.*)\.([^.]*)$/s.exec(name) ?? [];
  const plain = stem.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-|-$/g, '');
  const folder = ending.toLowerCase() === 'pdf' ? 'documents' : 'images';
  return `${folder}/${plain === '' ? 'file' : plain}.${ending.toLowerCase()}`;
}
