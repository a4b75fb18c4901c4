import { Button, FileInput, Group, Stack, TextInput } from '@mantine/core';
import { IconFileTypePdf } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../shared/Dialog';
import { ProblemNote } from '../../../shared/ProblemNote';
import { useLatest } from '../builder/use-latest';
import type { EditSession } from '../edit-session';
import { useUpload } from '../use-upload';
import { documentFault, documentFile, withDocument } from './documents';
import { keyOf } from './posts';

interface NewDocumentProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly campaignId: string;
  readonly edits: EditSession;
  /** @param key of the new document. */
  readonly onMake: (key: string) => void;
}

/** Asks for a title and a PDF, and adds a document with a link to it. */
export function NewDocument({ opened, onClose, campaignId, edits, onMake }: NewDocumentProps) {
  const { t } = useTranslation();
  const upload = useUpload(campaignId);
  const [title, setTitle] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [isAsked, setAsked] = useState(false);
  const fault = documentFault(edits.texts, title);
  const latest = useLatest(edits);
  const close = (): void => {
    setTitle('');
    setFile(null);
    setAsked(false);
    upload.reset();
    onClose();
  };
  const make = async (): Promise<void> => {
    setAsked(true);
    if (fault !== null || file === null) return;
    const key = keyOf(title);
    await upload.mutateAsync({ path: documentFile(key), file });
    // Others may have changed the files meanwhile, or made this document.
    const { texts, write } = latest.current;
    if (documentFault(texts, title) !== null) return;
    write(withDocument(texts, title.trim()));
    onMake(key);
    close();
  };
  return (
    <Dialog opened={opened} onClose={close} title={t('documents.new')} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // The error is shown below.
          make().catch(() => undefined);
        }}
      >
        <Stack>
          <TextInput
            label={t('documents.title')}
            description={t('documents.titleHow')}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            error={isAsked && fault !== null && t(`documents.fault.${fault}`)}
            data-autofocus
          />
          <FileInput
            label={t('documents.file')}
            accept=".pdf"
            leftSection={<IconFileTypePdf size={16} aria-hidden />}
            value={file}
            onChange={setFile}
            error={isAsked && file === null && t('documents.fault.noFile')}
          />
          <ProblemNote error={upload.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common.back')}
            </Button>
            <Button type="submit" loading={upload.isPending}>
              {t('documents.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
