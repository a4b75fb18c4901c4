import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMailPlus } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { NewFile } from '../NewFile';

type NewEmailProps = Pick<ComponentProps<typeof NewFile>, 'texts' | 'paths' | 'upload' | 'onMake'>;

/** Creates an e-mail for the selected step. */
export function NewEmail(props: NewEmailProps) {
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
      <NewFile opened={asks} onClose={close} kinds={['email']} {...props} />
    </>
  );
}
