import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, PackageFiles } from '#contracts';
import { DiscardFiles } from './DiscardFiles';
import { type EditSession, useOtherEdits } from './edit-session';
import { mergeEdits } from './merge-edits';

interface UnsavedEditsProps {
  readonly version: CampaignVersionDetail;
  readonly files: PackageFiles;
  readonly edits: EditSession;
}

/**
 * Offers older unsaved changes, of another version or from before another user
 * saved. They can be merged or discarded.
 */
export function UnsavedEdits({ version, files, edits }: UnsavedEditsProps) {
  const { t } = useTranslation();
  const { edits: otherEdits, forget } = useOtherEdits(version, files);
  const [clashes, setClashes] = useState<readonly string[]>([]);
  const takeIn = ({ about, edit }: (typeof otherEdits)[number]): void => {
    const both = mergeEdits(edit, edits.texts);
    edits.write(both.texts);
    setClashes(both.clashes);
    forget(about);
  };
  return (
    <>
      {otherEdits.map((other) => (
        <Alert key={other.about} color="yellow" title={t('editor.leftTitle')}>
          <Stack gap="sm" align="flex-start">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {t('editor.left', { number: other.number, files: Object.keys(other.edit.changes).join(', ') })}
            </Text>
            <Group gap="sm">
              <Button size="xs" variant="default" onClick={() => takeIn(other)}>
                {t('editor.takeIn')}
              </Button>
              <DiscardFiles
                label={t('editor.leaveOut')}
                files={Object.keys(other.edit.changes)}
                size="xs"
                onDiscard={() => forget(other.about)}
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
