import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, PackageFiles } from '#contracts';
import { DiscardFiles } from './DiscardFiles';
import { type Desk, useEditsBeside } from './edits';
import { putTogether } from './put-together';

interface LeftEditsProps {
  readonly version: CampaignVersionDetail;
  readonly files: PackageFiles;
  readonly desk: Desk;
}

/** Offers what was written before somebody else saved, or to another version: it goes into the files that are open, or away. */
export function LeftEdits({ version, files, desk }: LeftEditsProps) {
  const { t } = useTranslation();
  const { edits, forget } = useEditsBeside(version, files);
  const [clashes, setClashes] = useState<readonly string[]>([]);
  const takeIn = ({ about, edit }: (typeof edits)[number]): void => {
    const both = putTogether(edit, desk.texts);
    desk.write(both.texts);
    setClashes(both.clashes);
    forget(about);
  };
  return (
    <>
      {edits.map((left) => (
        <Alert key={left.about} color="yellow" title={t('editor.leftTitle')}>
          <Stack gap="sm" align="flex-start">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {t('editor.left', { number: left.number, files: Object.keys(left.edit.changes).join(', ') })}
            </Text>
            <Group gap="sm">
              <Button size="xs" variant="default" onClick={() => takeIn(left)}>
                {t('editor.takeIn')}
              </Button>
              <DiscardFiles
                label={t('editor.leaveOut')}
                files={Object.keys(left.edit.changes)}
                size="xs"
                onDiscard={() => forget(left.about)}
              />
            </Group>
          </Stack>
        </Alert>
      ))}
      {clashes.length > 0 && (
        <Alert color="yellow" withCloseButton closeButtonLabel={t('common.close')} onClose={() => setClashes([])}>
          {t('editor.clashes', { files: clashes.join(', ') })}
        </Alert>
      )}
    </>
  );
}
