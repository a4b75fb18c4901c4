import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilePlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PackageFiles } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import type { EditSession } from './edit-session';
import { withoutFile } from './new-files';
import { NewFile } from './NewFile';
import { UploadFile } from './UploadFile';
import type { useUpload } from './use-upload';

interface FileActionsProps {
  readonly edits: EditSession;
  readonly files: PackageFiles['files'];
  readonly open: string;
  readonly upload: ReturnType<typeof useUpload>;
  readonly onOpen: (path: string) => void;
}

/** Creates or uploads a file, and removes or restores the open one. */
export function FileActions({ edits, files, open, upload, onOpen }: FileActionsProps) {
  const { t } = useTranslation();
  const [asks, { open: ask, close }] = useDisclosure(false);
  const saved = files.find(({ path }) => path === open);
  const isRemoved = edits.changes[open] === null;
  const isThere =
    open in edits.texts || (saved !== undefined && !isRemoved) || edits.uploads.some(({ path }) => path === open);
  return (
    <Stack gap="xs" mt="sm" align="stretch">
      <Button size="xs" variant="default" leftSection={<IconFilePlus size={14} aria-hidden />} onClick={ask}>
        {t('newFile.title')}
      </Button>
      <UploadFile upload={upload} onOpen={onOpen} />
      {isThere && open !== 'campaign.yaml' && (
        <Confirm
          label={t('editor.remove')}
          question={t('editor.removeQuestion', { file: open })}
          size="xs"
          onConfirm={async () => {
            edits.write(withoutFile(edits.texts, open));
            onOpen('campaign.yaml');
          }}
        >
          <Text size="sm">{t('editor.removeText')}</Text>
        </Confirm>
      )}
      {isRemoved && saved !== undefined && (
        <Button size="xs" variant="default" onClick={() => edits.restore(open)}>
          {t('editor.bringBack')}
        </Button>
      )}
      <NewFile
        opened={asks}
        onClose={close}
        texts={edits.texts}
        kinds={['email', 'locale']}
        onMake={(made, path) => {
          edits.write(made);
          onOpen(path);
        }}
      />
    </Stack>
  );
}
