import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, PackageFiles } from '#contracts';
import { useFormat } from '../../shared/format';
import { DiscardFiles } from './DiscardFiles';
import type { DraftFile } from './draft-sync';
import { type EditSession, useOtherEdits } from './edit-session';
import { withLineFeeds } from './line-ends';
import { type Edit, mergeEdits } from './merge-edits';

interface UnsavedEditsProps {
  readonly version: CampaignVersionDetail;
  readonly files: PackageFiles;
  readonly edits: EditSession;
}

/**
 * Offers changes that do not belong to these files: older ones of this browser,
 * and those of any author from before the files were replaced. They can be
 * merged or discarded.
 */
export function UnsavedEdits({ version, files, edits }: UnsavedEditsProps) {
  const { t } = useTranslation();
  const { edits: otherEdits, forget } = useOtherEdits(version, files);
  const [clashes, setClashes] = useState<readonly string[]>([]);
  const takeIn = (edit: Edit): void => {
    const both = mergeEdits(withFeeds(edit), edits.texts);
    edits.write(both.texts);
    setClashes(both.clashes);
  };
  return (
    <>
      <ReplacedEdits version={version} edits={edits} onTakeIn={takeIn} />
      {otherEdits.map(({ about, number, edit }) => (
        <OfferedEdits
          key={about}
          text={t('editor.left', { number, files: Object.keys(edit.changes).join(', '), by: version.savedBy })}
          title={t('editor.leftTitle')}
          files={Object.keys(edit.changes)}
          onTakeIn={() => {
            takeIn(edit);
            forget(about);
          }}
          onDiscard={() => forget(about)}
        />
      ))}
      {clashes.length > 0 && (
        <Alert color="yellow" withCloseButton closeButtonLabel={t('common.close')} onClose={() => setClashes([])}>
          {t('editor.clashes', { files: clashes.join(', ') })}
        </Alert>
      )}
    </>
  );
}

interface ReplacedEditsProps extends Pick<UnsavedEditsProps, 'version' | 'edits'> {
  readonly onTakeIn: (edit: Edit) => void;
}

/** Stored changes of files that were replaced since. */
function ReplacedEdits({ version, edits, onTakeIn }: ReplacedEditsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { stale } = edits;
  if (stale.length === 0) return null;
  const authors = [...new Set(stale.map(({ savedBy }) => savedBy))].join(', ');
  const files = stale.map(({ path }) => path);
  return (
    <OfferedEdits
      title={t('editor.replacedTitle', { authors })}
      text={t('editor.replaced', { by: version.savedBy, at: format.moment(version.savedAt), files: files.join(', ') })}
      files={files}
      onTakeIn={() => {
        onTakeIn(editOf(stale));
        edits.settle(files);
      }}
      onDiscard={() => edits.settle(files)}
    />
  );
}

interface OfferedEditsProps {
  readonly title: string;
  readonly text: string;
  readonly files: readonly string[];
  readonly onTakeIn: () => void;
  readonly onDiscard: () => void;
}

function OfferedEdits({ title, text, files, onTakeIn, onDiscard }: OfferedEditsProps) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" title={title}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {text}
        </Text>
        <Group gap="sm">
          <Button size="xs" variant="default" onClick={onTakeIn}>
            {t('editor.takeIn')}
          </Button>
          <DiscardFiles label={t('editor.leaveOut')} files={files} size="xs" onDiscard={async () => onDiscard()} />
        </Group>
      </Stack>
    </Alert>
  );
}

/** An uploaded file is not merged: it is uploaded again. */
const editOf = (files: readonly DraftFile[]): Edit => ({
  changes: Object.fromEntries(files.flatMap(({ path, kind, text }) => (kind === 'upload' ? [] : [[path, text]]))),
  before: Object.fromEntries(files.flatMap(({ path, before }) => (before === null ? [] : [[path, before]]))),
});

const withFeeds = ({ changes, before }: Edit): Edit => ({
  changes: Object.fromEntries(
    Object.entries(changes).map(([path, text]) => [path, text === null ? null : withLineFeeds(text)]),
  ),
  before: Object.fromEntries(Object.entries(before).map(([path, text]) => [path, withLineFeeds(text)])),
});
