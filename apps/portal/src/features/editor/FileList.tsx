import { Group, NavLink, ScrollArea, Stack, Text } from '@mantine/core';
import { IconFile, IconFileTypePdf, IconPencil, IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FileEdits } from './edit-session';
import type { Problem } from '../../shared/gates';

/** A listed file; without text it cannot be edited. */
export interface ListedFile {
  readonly path: string;
  readonly text: string | null;
}

interface FileListProps {
  readonly files: readonly ListedFile[];
  readonly changes: FileEdits;
  readonly problems: readonly Problem[];
  readonly open: string;
  readonly onOpen: (path: string) => void;
}

/** Files of a package by folder, with marks for changes and problems. */
export function FileList({ files, changes, problems, open, onOpen }: FileListProps) {
  const { t } = useTranslation();
  const folders = Map.groupBy(files, ({ path }) => path.split('/').slice(0, -1).join('/'));
  return (
    <ScrollArea.Autosize mah={640} type="auto" scrollbars="y" component="nav" aria-label={t('editor.files')}>
      {[...folders].map(([folder, inside]) => (
        <Stack gap={0} key={folder} mb="xs">
          {folder !== '' && (
            <Text size="xs" fw={600} c="dimmed" px="sm" py={4}>
              {folder}
            </Text>
          )}
          {inside.map(({ path, text }) => {
            const mistakes = problems.filter(({ file, severity }) => file === path && severity === 'error').length;
            const Icon = path in changes ? IconPencil : iconOf(path);
            const name = path.slice(folder.length === 0 ? 0 : folder.length + 1);
            if (text === null)
              return (
                <Group key={path} gap="sm" px="sm" py={6} wrap="nowrap" c="dimmed">
                  <Icon size={16} aria-hidden />
                  <Text size="sm" truncate>
                    {name}
                  </Text>
                </Group>
              );
            return (
              <NavLink
                key={path}
                component="button"
                type="button"
                aria-label={[path, path in changes && t(changes[path] === null ? 'editor.removed' : 'editor.changed')]
                  .filter(Boolean)
                  .join(', ')}
                label={changes[path] === null ? <s>{name}</s> : name}
                noWrap
                py={6}
                style={{ borderRadius: 'var(--mantine-radius-md)' }}
                active={path === open}
                leftSection={<Icon size={16} aria-hidden />}
                rightSection={
                  mistakes > 0 && (
                    <Text size="xs" fw={700} c="red">
                      {t('editor.mistakes', { count: mistakes })}
                    </Text>
                  )
                }
                onClick={() => onOpen(path)}
              />
            );
          })}
        </Stack>
      ))}
    </ScrollArea.Autosize>
  );
}

function iconOf(path: string) {
  if (/\.(?:png|jpe?g|webp|svg)$/i.test(path)) return IconPhoto;
  return path.endsWith('.pdf') ? IconFileTypePdf : IconFile;
}
