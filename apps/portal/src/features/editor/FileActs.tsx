import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilePlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PackageFiles } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import type { Desk } from './edits';
import { withoutFile } from './new-files';
import { NewFile } from './NewFile';

interface FileActsProps {
  readonly desk: Desk;
  readonly files: PackageFiles['files'];
  readonly open: string;
  readonly onOpen: (path: string) => void;
}

/** Makes a file, and removes the one that is open or brings it back. */
export function FileActs({ desk, files, open, onOpen }: FileActsProps) {
  const { t } = useTranslation();
  const [asks, { open: ask, close }] = useDisclosure(false);
  const isThere = open in desk.texts;
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
            desk.write(withoutFile(desk.texts, open));
            onOpen('campaign.yaml');
          }}
        >
          <Text size="sm">{t('editor.removeText')}</Text>
        </Confirm>
      )}
      {!isThere && saved !== null && (
        <Button size="xs" variant="default" onClick={() => desk.write({ [open]: saved })}>
          {t('editor.bringBack')}
        </Button>
      )}
      <NewFile
        opened={asks}
        onClose={close}
        texts={desk.texts}
        kinds={['email', 'locale']}
        onMake={(made, path) => {
          desk.write(made);
          onOpen(path);
        }}
      />
    </Stack>
  );
}
