import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilePlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PackageFiles, TemplateType } from '#contracts';
import { type EditSession, pathsOf } from './edit-session';
import { declarationsOf } from './new-files';
import { NewFile } from './NewFile';
import { useUpload } from './use-upload';

interface NewTemplateProps {
  readonly campaignId: string;
  readonly edits: EditSession;
  readonly files: PackageFiles['files'];
  /** Shows a new e-mail or page in its builder. */
  readonly onBuild: (kind: TemplateType, key: string) => void;
}

/** Adds an e-mail, or the landing page of a campaign that has none, and opens it in its builder. */
export function NewTemplate({ campaignId, edits, files, onBuild }: NewTemplateProps) {
  const { t } = useTranslation();
  const upload = useUpload(campaignId);
  const [asks, { open, close }] = useDisclosure(false);
  const hasPage = declarationsOf(edits.texts).pages.length > 0;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFilePlus size={16} aria-hidden />}
        style={{ alignSelf: 'flex-end' }}
        onClick={open}
      >
        {t(hasPage ? 'newFile.email' : 'newFile.template')}
      </Button>
      <NewFile
        opened={asks}
        onClose={close}
        texts={edits.texts}
        paths={pathsOf(files, edits)}
        upload={upload}
        kinds={hasPage ? ['email'] : ['email', 'page']}
        onMake={({ kind, name, texts }) => {
          edits.write(texts);
          if (kind !== 'locale') onBuild(kind, name);
        }}
      />
    </>
  );
}
