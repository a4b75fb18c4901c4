import { NavLink, ScrollArea, Stack, Text } from '@mantine/core';
import { type Icon, IconFile, IconFileTypePdf, IconPencil, IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FileEdits } from './edit-session';
import { type FileSource, pictureType } from './file-bytes';
import { Thumbnail } from './Thumbnail';
import type { Problem } from '../../shared/gates';

/** A listed file; one without text is a picture or a document. */
export interface ListedFile {
  readonly path: string;
  readonly text: string | null;
}

interface FileListProps {
  readonly files: readonly ListedFile[];
  readonly changes: FileEdits;
  readonly sourceOf: (path: string) => FileSource | null;
  readonly problems: readonly Problem[];
  readonly open: string;
  readonly onOpen: (path: string) => void;
}

/** Files of a package by folder, with marks for changes and problems. */
export function FileList({ files, changes, sourceOf, problems, open, onOpen }: FileListProps) {
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
          {inside.map((file) => (
            <FileEntry
              key={file.path}
              file={file}
              name={file.path.slice(folder.length === 0 ? 0 : folder.length + 1)}
              icon={file.path in changes ? IconPencil : iconOf(file.path)}
              source={file.text === null && pictureType(file.path) !== null ? sourceOf(file.path) : null}
              changes={changes}
              mistakes={
                problems.filter(({ file: path, severity }) => path === file.path && severity === 'error').length
              }
              isOpen={file.path === open}
              onOpen={() => onOpen(file.path)}
            />
          ))}
        </Stack>
      ))}
    </ScrollArea.Autosize>
  );
}

interface FileEntryProps extends Pick<FileListProps, 'changes'> {
  readonly file: FileListProps['files'][number];
  /** Name within its folder. */
  readonly name: string;
  readonly icon: Icon;
  /** Of a picture. */
  readonly source: FileSource | null;
  readonly mistakes: number;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

/** A file, with a small picture of a picture. */
function FileEntry({ file: { path }, name, icon: Sign, source, changes, mistakes, isOpen, onOpen }: FileEntryProps) {
  const { t } = useTranslation();
  return (
    <NavLink
      component="button"
      type="button"
      aria-label={[path, path in changes && t(changes[path] === null ? 'editor.removed' : 'editor.changed')]
        .filter(Boolean)
        .join(', ')}
      label={changes[path] === null ? <s>{name}</s> : name}
      noWrap
      py={6}
      style={{ borderRadius: 'var(--mantine-radius-md)' }}
      active={isOpen}
      leftSection={source === null ? <Sign size={16} aria-hidden /> : <Thumbnail path={path} source={source} />}
      rightSection={
        mistakes > 0 && (
          <Text size="xs" fw={700} c="red">
            {t('editor.mistakes', { count: mistakes })}
          </Text>
        )
      }
      onClick={onOpen}
    />
  );
}

function iconOf(path: string) {
  if (/\.(?:png|jpe?g|webp|svg)$/i.test(path)) return IconPhoto;
  return path.endsWith('.pdf') ? IconFileTypePdf : IconFile;
}
