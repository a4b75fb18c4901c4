import { Badge, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackageFiles } from '#contracts';
import { Loaded } from '../../../shared/Page';
import { useVersionFiles } from '../../../shared/requests';

const FileDifference = lazy(() => import('../../../shared/FileDifference'));

interface FileChangesProps {
  readonly campaignId: string;
  readonly number: number;
}

/**
 * Shows a vendor the changes of a version against the previous one, file by
 * file.
 */
export function FileChanges({ campaignId, number }: FileChangesProps) {
  const { t } = useTranslation();
  const before = useFiles(campaignId, number - 1);
  const after = useFiles(campaignId, number);
  return (
    <Loaded query={before} height={400}>
      {(older) => (
        <Loaded query={after} height={400}>
          {(newer) => {
            const changed = differences(older, newer);
            return changed.length === 0 ? (
              <Text c="dimmed">{t('compare.same', { number: number - 1 })}</Text>
            ) : (
              <Stack gap="lg">
                <Text>{t('compare.changed', { count: changed.length, number: number - 1 })}</Text>
                {changed.map((file) => (
                  <ChangedFile key={file.path} file={file} />
                ))}
              </Stack>
            );
          }}
        </Loaded>
      )}
    </Loaded>
  );
}

const useFiles = (campaignId: string, number: number) => useVersionFiles(campaignId, number);

type File = PackageFiles['files'][number];
interface Difference {
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changedFile';
  readonly before: File | undefined;
  readonly after: File | undefined;
}

/** Pictures and documents are compared by their hash. */
function differences(older: PackageFiles, newer: PackageFiles): Difference[] {
  const paths = [...new Set([...older.files, ...newer.files].map(({ path }) => path))].sort();
  return paths.flatMap((path): Difference[] => {
    const before = older.files.find((file) => file.path === path);
    const after = newer.files.find((file) => file.path === path);
    if (before !== undefined && before.hash === after?.hash) return [];
    const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changedFile';
    return [{ path, kind, before, after }];
  });
}

const COLOURS = { added: 'teal', removed: 'red', changedFile: 'blue' } as const;

function ChangedFile({ file: { path, kind, before, after } }: { readonly file: Difference }) {
  const { t } = useTranslation();
  const isText = (before?.text ?? after?.text ?? null) !== null;
  return (
    <Stack gap="xs" component="section" aria-label={path}>
      <Group gap="sm">
        <Title order={2} size="h4">
          {path}
        </Title>
        <Badge color={COLOURS[kind]} variant="light" tt="none">
          {t(`compare.${kind}`)}
        </Badge>
      </Group>
      {isText && (
        <Paper withBorder style={{ overflow: 'hidden' }}>
          <Suspense fallback={<Skeleton height={120} />}>
            <FileDifference path={path} before={before?.text ?? ''} after={after?.text ?? ''} />
          </Suspense>
        </Paper>
      )}
    </Stack>
  );
}
