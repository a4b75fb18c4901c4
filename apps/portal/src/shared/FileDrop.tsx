import { Group, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import '@mantine/dropzone/styles.layer.css';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface FileDropProps {
  readonly label: string;
  /** Accessible name; default: the label. */
  readonly name?: string;
  /** Accepted file types, as text. */
  readonly kinds: string;
  readonly icon: ReactNode;
  /** Vertical padding, as a theme size or in pixels. */
  readonly room: string | number;
  readonly pending: boolean;
  readonly onFile: (file: File) => void;
}

/**
 * Accepts one file, dropped or selected.
 * Several files are refused with a message.
 */
export function FileDrop({ label, name = label, kinds, icon, room, pending, onFile }: FileDropProps) {
  const { t } = useTranslation();
  const [dropped, setDropped] = useState(1);
  return (
    <Stack gap={4}>
      <Dropzone
        multiple={false}
        onDropAny={(taken, refused) => {
          const [file, ...others] = [...taken, ...refused.map((one) => one.file)];
          setDropped(1 + others.length);
          if (file !== undefined && others.length === 0) onFile(file);
        }}
        // Required by the library.
        // It would accept the first of several files.
        onDrop={() => undefined}
        loading={pending}
        inputProps={{ 'aria-label': name }}
      >
        <Group justify="center" wrap="nowrap" py={room}>
          {icon}
          <div>
            <Text fw={600}>{label}</Text>
            <Text size="sm" c="dimmed">
              {kinds}
            </Text>
          </div>
        </Group>
      </Dropzone>
      {dropped > 1 && (
        <Text role="alert" size="sm" c="var(--mantine-color-error)">
          {t('common.oneFile', { dropped })}
        </Text>
      )}
    </Stack>
  );
}
