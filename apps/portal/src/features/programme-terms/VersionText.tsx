import { Button, Modal, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { ProgrammeTermsVersion } from '#contracts';
import { useFormat } from '../../shared/format';

/** Shows a version in all of its languages. */
export function VersionText({ version: { number, texts } }: { readonly version: ProgrammeTermsVersion }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={open} aria-label={t('programmeTerms.readOne', { number })}>
        {t('programmeTerms.read')}
      </Button>
      <Modal opened={opened} onClose={close} size="xl" title={t('programmeTerms.one', { number })}>
        <Stack>
          {Object.entries(texts).map(([language, text]) => (
            <Stack key={language} gap="xs">
              <Title order={3} size="h4">
                {format.language(language)}
              </Title>
              <Text size="sm" lang={language} style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
                {text}
              </Text>
            </Stack>
          ))}
        </Stack>
      </Modal>
    </>
  );
}
