import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format';
import type { Conflict } from './draft-sync';
import type { EditSession } from './edit-session';

const FileDifference = lazy(() => import('../../shared/FileDifference'));

/**
 * Files in which another user changed the same place. Both texts are there
 * until the author chooses one; nothing is saved before.
 */
export function ConflictNote({ edits: { conflicts, choose } }: { readonly edits: EditSession }) {
  return (
    <>
      {conflicts.map((conflict) => (
        <OneConflict
          key={conflict.path}
          conflict={conflict}
          onMine={() => choose(conflict, conflict.mine)}
          onTheirs={() => choose(conflict, conflict.theirs)}
        />
      ))}
    </>
  );
}

interface OneConflictProps {
  readonly conflict: Conflict;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}

function OneConflict({ conflict: { path, mine, theirs, by, at }, onMine, onTheirs }: OneConflictProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = by ?? t('editor.someone');
  return (
    <Alert color="yellow" role="alert" title={t('editor.conflictTitle', { by: name, file: path })}>
      <Stack gap="sm">
        <Text size="sm">
          {at === null ? t('editor.conflictGone') : t('editor.conflict', { by: name, at: format.time(at) })}
        </Text>
        {mine !== null && theirs !== null && (
          <Suspense fallback={<Skeleton height={120} />}>
            <FileDifference path={path} before={theirs} after={mine} />
          </Suspense>
        )}
        <Group gap="sm">
          <Button size="xs" onClick={onMine}>
            {t('editor.takeMine')}
          </Button>
          <Button size="xs" variant="default" onClick={onTheirs}>
            {t('editor.takeTheirs', { by: name })}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
