import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilePlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PackageFiles, TemplateType } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { type EditSession, pathsOf } from './edit-session';
import { declarationsOf, withoutFile } from './new-files';
import { NewFile } from './NewFile';
import { UploadFile } from './UploadFile';
import type { useUpload } from './use-upload';

interface FileActionsProps {
  readonly edits: EditSession;
  readonly files: PackageFiles['files'];
  readonly open: string;
  readonly upload: ReturnType<typeof useUpload>;
  readonly onOpen: (path: string) => void;
  readonly onBuild: (kind: TemplateType, key: string) => void;
}

/** Creates or uploads a file, and removes or restores the open one. */
export function FileActions({ edits, files, open, upload, onOpen, onBuild }: FileActionsProps) {
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
        paths={pathsOf(files, edits)}
        upload={upload}
        kinds={declarationsOf(edits.texts).pages.length > 0 ? ['email', 'locale'] : ['email', 'page', 'locale']}
        onMake={({ kind, name, path, texts }) => {
          edits.write(texts);
          if (kind === 'locale') onOpen(path);
          else onBuild(kind, name);
        }}
      />
    </Stack>
  );
}
