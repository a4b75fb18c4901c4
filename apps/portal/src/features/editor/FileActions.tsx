import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilePlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PackageFiles } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import type { EditSession } from './edit-session';
import { withoutFile } from './new-files';
import { NewFile } from './NewFile';

interface FileActionsProps {
  readonly edits: EditSession;
  readonly files: PackageFiles['files'];
  readonly open: string;
  readonly onOpen: (path: string) => void;
}

/** Creates a file, and removes or restores the open one. */
export function FileActions({ edits, files, open, onOpen }: FileActionsProps) {
  const { t } = useTranslation();
  const [asks, { open: ask, close }] = useDisclosure(false);
  const isThere = open in edits.texts;
  const saved = files.find(({ path }) => path === open)?.text ?? null;
  return (
    <Stack gap="xs" mt="sm" align="stretch">
      <Button size="xs" variant="default" leftSection={<IconFilePlus size={14} aria-hidden />} onClick={ask}>
        {t('newFile.title')}
      </Button>
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
      {!isThere && saved !== null && (
        <Button size="xs" variant="default" onClick={() => edits.write({ [open]: saved })}>
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
