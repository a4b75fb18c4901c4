import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SendingDomain } from '#contracts';
import { CopyField } from '../../shared/CopyField';
import { useFormat } from '../../shared/format';
import { RecordActions } from '../../shared/RecordActions';
import { SendRecords } from './SendRecords';
import { DOMAIN_OF, type DomainKind } from './domain-kind';
import { checkDomain, deleteDomain } from './api';
import { invalidate } from '../../shared/query-keys';

type DomainRecord = SendingDomain['records'][number];

const COLOURS = { pending: 'yellow', verified: 'teal', broken: 'red' } as const;

interface DomainRecordsProps {
  readonly domain: Omit<SendingDomain, 'fromAddress'>;
  readonly of: DomainKind;
}

/** Required DNS records of a domain, with what was found for each. */
export function DomainRecords({ domain, of }: DomainRecordsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { query, words, permission } = DOMAIN_OF[of];
  // SPF comes with this record. Without it, only the partner can help.
  const lacksCname = domain.records.some(({ purpose, problem }) => purpose === 'return-path' && problem !== null);
  const changed = () => invalidate(client, query);
  const check = useMutation({
    mutationFn: () => checkDomain(of),
    onSuccess: changed,
  });
  const remove = useMutation({
    mutationFn: () => deleteDomain(of),
    onSuccess: changed,
  });
  return (
    <Paper withBorder p="lg">
      <Stack>
        <Group justify="space-between">
          <Title order={2} size="h3" style={{ overflowWrap: 'anywhere' }}>
            {domain.domain}
          </Title>
          <Badge color={COLOURS[domain.state]} variant="light" tt="none">
            {t(`sending.state.${domain.state}`)}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {t(`${words}.stateText.${domain.state}`)}{' '}
          {domain.checkedAt !== null && t('sending.checked', { time: format.moment(domain.checkedAt) })}
        </Text>
        {domain.state !== 'verified' && <SendRecords {...domain} />}
        {domain.records.map((record) => (
          <Entry key={record.purpose} record={record} lacksCname={lacksCname} />
        ))}
        <RecordActions
          check={check}
          permission={permission}
          label={t(`${words}.remove`)}
          question={t('sending.removeAsk')}
          onRemove={() => remove.mutateAsync()}
        >
          {t(`${words}.removeText`)}
        </RecordActions>
      </Stack>
    </Paper>
  );
}

function Entry({ record, lacksCname }: { readonly record: DomainRecord; readonly lacksCname: boolean }) {
  const { t } = useTranslation();
  const { purpose, type, name, relativeName, value, isChecked, problem, found } = record;
  const colour = !isChecked ? 'gray' : problem === null ? 'teal' : problem === 'unreachable' ? 'yellow' : 'red';
  const words = !isChecked ? 'sending.unchecked' : problem === null ? 'sending.right' : 'sending.wrong';
  return (
    <Paper withBorder p="md" radius="md">
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} size="h5">
            {t(`sending.purpose.${purpose}`)}
          </Title>
          <Badge color={colour} variant="light" tt="none">
            {problem === null
              ? t(words)
              : t(problem === 'not-ours-yet' && !lacksCname ? 'sending.operatorLacks' : `sending.problem.${problem}`)}
          </Badge>
        </Group>
        {value === null ? (
          <Text size="sm" c="dimmed">
            {t('sending.comesAlong')}
          </Text>
        ) : (
          <>
            <CopyField label={t('sending.name', { type })} text={name} />
            <CopyField label={t('sending.relativeName')} text={relativeName} />
            <CopyField label={t('sending.value')} text={value} />
          </>
        )}
        {problem !== null && found !== null && found !== '' && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {t('sending.found', { found })}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
