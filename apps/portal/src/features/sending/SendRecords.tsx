import { Button, CopyButton, Group, Text } from '@mantine/core';
import { IconCopy, IconMail } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SendingDomain } from '#contracts';

/** The records as a text for the person who looks after the domain. */
export function SendRecords({ domain, records }: Pick<SendingDomain, 'domain' | 'records'>) {
  const { t } = useTranslation();
  const subject = t('sending.web.subject', { domain });
  const text = [
    t('sending.web.text', { domain }),
    ...records
      .filter(({ value }) => value !== null)
      .map(({ type, name, relativeName, value }) =>
        [
          `${t('sending.web.type')}: ${type}`,
          `${t('sending.web.name')}: ${name} (${t('sending.web.short')}: ${relativeName})`,
          `${t('sending.value')}: ${value ?? ''}`,
        ].join('\n'),
      ),
  ].join('\n\n');
  const mail = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replaceAll('\n', '\r\n'))}`;
  return (
    <Group gap="sm">
      <Text size="sm">{t('sending.web.who')}</Text>
      <Button component="a" href={mail} size="xs" variant="default" leftSection={<IconMail size={14} aria-hidden />}>
        {t('sending.web.mail')}
      </Button>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="xs" variant="default" leftSection={<IconCopy size={14} aria-hidden />} onClick={copy}>
            {t(copied ? 'assets.copied' : 'sending.web.copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
