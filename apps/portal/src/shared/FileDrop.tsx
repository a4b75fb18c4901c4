import { Group, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import '@mantine/dropzone/styles.layer.css';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface FileDropProps {
  readonly label: string;
  /** What it is called for who does not see it; the label where nothing else is said. */
  readonly name?: string;
  /** Which files it takes, in words. */
  readonly kinds: string;
  readonly icon: ReactNode;
  /** Above and below, in the theme's steps or in pixels. */
  readonly room: string | number;
  readonly pending: boolean;
  readonly onFile: (file: File) => void;
}

/** Takes one file, dropped or chosen; several at once are none, and it says so. */
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
        // The library asks for it; it would take the first of several.
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
