import { Badge, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail } from '#contracts';
import { useFormat } from '../../shared/format';
import { localeOf, localised } from '../../shared/localised';
import { WideTable } from '../../shared/WideTable';

/** Shows a vendor which slots partners can edit and which parts are locked. */
export function VersionContents({ version }: { readonly version: CampaignVersionDetail }) {
  return (
    <Stack gap="xl">
      <SlotContents slots={version.slots} />
      <LockedParts templates={[...version.tactics.emails, ...version.tactics.pages]} />
      <OtherContents tactics={version.tactics} />
    </Stack>
  );
}

type Tactics = CampaignVersionDetail['tactics'];
type LockedTemplate = Pick<Tactics['emails' | 'pages'][number], 'key' | 'locks' | 'lockedBytes'>;

/** Slots that partners can edit. */
function SlotContents({ slots }: Pick<CampaignVersionDetail, 'slots'>) {
  const { t, i18n } = useTranslation();
  const nameOf = (option: string): string => t(option === 'hidden' ? 'contents.hidden' : 'contents.shown');
  return (
    <Stack gap="sm">
      <Title order={2}>{t('contents.slots')}</Title>
      {slots.map(({ name, label, format, options, maxChars, required, suggested, usedIn }) => (
        <Paper key={name} withBorder p="md">
          <Group gap="xs">
            <Text fw={600} lang={localeOf(label, i18n.language)}>
              {localised(label, i18n.language)}
            </Text>
            <Badge variant="light" tt="none">
              {format === 'choice'
                ? t('contents.choice')
                : format === 'link'
                  ? t('contents.link')
                  : t('contents.maxChars', { count: maxChars })}
            </Badge>
            {required && format !== 'choice' && (
              <Badge variant="light" color="yellow" tt="none">
                {t('contents.required')}
              </Badge>
            )}
          </Group>
          <Text size="sm" mt={4} lang={localeOf(suggested, i18n.language)} style={{ whiteSpace: 'pre-line' }}>
            {format === 'choice'
              ? options.map((option) => localised(option.label, i18n.language) || nameOf(option.name)).join(' · ')
              : localised(suggested, i18n.language)}
          </Text>
          <Text size="xs" c="dimmed" mt={4}>
            {t('contents.usedIn', { places: usedIn.join(', ') })}
          </Text>
        </Paper>
      ))}
    </Stack>
  );
}

/** Table of e-mails and pages with their locked parts. */
function LockedParts({ templates }: { readonly templates: readonly LockedTemplate[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="sm">
      <Title order={2}>{t('contents.locks')}</Title>
      <WideTable label={t('contents.locks')} minWidth={520}>
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('version.template')}</Table.Th>
              <Table.Th>{t('contents.locked')}</Table.Th>
              <Table.Th ta="right">{t('contents.lockedBytes')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {templates.map(({ key, locks, lockedBytes }) => (
              <Table.Tr key={key}>
                <Table.Td>{key}</Table.Td>
                <Table.Td>
                  <Locks locks={locks} />
                </Table.Td>
                <Table.Td ta="right">{format.number(lockedBytes)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
    </Stack>
  );
}

function Locks({ locks }: Pick<LockedTemplate, 'locks'>) {
  return (
    <Group gap={6}>
      {locks.map(({ name, hash }) => (
        <Badge key={name} variant="default" tt="none" leftSection={<IconLock size={12} aria-hidden />} title={hash}>
          {name}
        </Badge>
      ))}
    </Group>
  );
}

/** Documents and posts. */
function OtherContents({ tactics }: { readonly tactics: Tactics }) {
  const { t, i18n } = useTranslation();
  return (
    <Stack gap="sm">
      <Title order={2}>{t('contents.others')}</Title>
      {tactics.documents.map(({ key, title }) => (
        <Text key={key} size="sm">
          {t('contents.document', { title: localised(title, i18n.language) })}
        </Text>
      ))}
      {tactics.social.map(({ key, text, formats }) => (
        <Paper key={key} withBorder p="md">
          <Text size="sm" lang={localeOf(text, i18n.language)} style={{ whiteSpace: 'pre-line' }}>
            {localised(text, i18n.language)}
          </Text>
          <Text size="xs" c="dimmed" mt={4}>
            {formats.join(', ')}
          </Text>
        </Paper>
      ))}
    </Stack>
  );
}
