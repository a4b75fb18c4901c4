import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMailPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NewFile } from '../NewFile';

interface NewEmailProps {
  readonly texts: Readonly<Record<string, string>>;
  readonly onMake: (made: Readonly<Record<string, string>>, key: string) => void;
}

/** Creates an e-mail for the selected step. */
export function NewEmail({ texts, onMake }: NewEmailProps) {
  const { t } = useTranslation();
  const [asks, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconMailPlus size={14} aria-hidden />}
        style={{ alignSelf: 'flex-start' }}
        onClick={open}
      >
        {t('newFile.email')}
      </Button>
      <NewFile
        opened={asks}
        onClose={close}
        texts={texts}
        kinds={['email']}
        onMake={(made, _path, key) => onMake(made, key)}
      />
    </>
  );
}
