import { Button, FileButton, NativeSelect, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../shared/ProblemNote';
import type { Choices } from './InspectorField';

interface PictureFieldProps {
  readonly label: string;
  readonly value: string;
  readonly choices: Choices;
  readonly onWrite: (path: string) => void;
}

/** A picture of the package, or a new one from the author's computer. */
export function PictureField({ label, value, choices, onWrite }: PictureFieldProps) {
  const { t } = useTranslation();
  const upload = useMutation({ mutationFn: choices.upload, onSuccess: onWrite });
  const known = choices.pictures.includes(value) || value === '' ? choices.pictures : [value, ...choices.pictures];
  return (
    <Stack gap={4}>
      <NativeSelect
        label={label}
        value={value}
        data={known.map((path) => ({ value: path, label: path.replace(/^images\//, '') }))}
        onChange={({ currentTarget }) => onWrite(currentTarget.value)}
      />
      <FileButton accept=".png,.jpg,.jpeg,.webp" onChange={(file) => file !== null && upload.mutate(file)}>
        {(props) => (
          <Button
            {...props}
            size="xs"
            variant="default"
            loading={upload.isPending}
            leftSection={<IconUpload size={14} aria-hidden />}
          >
            {t('builder.uploadPicture')}
          </Button>
        )}
      </FileButton>
      <ProblemNote error={upload.error} />
    </Stack>
  );
}
