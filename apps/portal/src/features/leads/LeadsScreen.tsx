import { Anchor, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconTargetArrow } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LeadView } from '#contracts';
import { useMay } from '../../app/session';
import { call } from '../../shared/api';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { More } from '../../shared/More';
import { Loaded, Page } from '../../shared/Page';
import { usePages } from '../../shared/pages';
import { StatusBadge } from '../../shared/StatusBadge';
import { clicksInWords } from './lead-rule';

const NEXT = ['accepted', 'working', 'won', 'lost'] as const;

/** People who answered: whom to call first. */
export function LeadsScreen() {
  const { t } = useTranslation();
  const list = usePages<LeadView>(['leads', 'all'], '/leads?limit=50', 15_000);
  return (
    <Page title={t('leads.title')} lead={t('leads.lead')}>
      <Loaded query={list}>
        {(leads) =>
          leads.length === 0 ? (
            <Empty icon={IconTargetArrow} title={t('leads.none')}>
              {t('leads.noneText')}
            </Empty>
          ) : (
            <Stack gap="sm">
              {leads.map((lead) => (
                <LeadCard key={lead.id} lead={lead} />
              ))}
              <More list={list} />
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

function LeadCard({ lead }: { readonly lead: LeadView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const client = useQueryClient();
  const move = useMutation({
    mutationFn: (status: string) => call<LeadView>('PATCH', `/leads/${lead.id}`, { body: { status } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['leads'] }),
    onError: ({ message }) => notifications.show({ color: 'red', title: t('problem.title'), message }),
  });
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="flex-start" gap="md">
        <Stack gap={2} style={{ flex: '1 1 260px' }}>
          <Group gap="xs">
            <Text fw={600}>{lead.name}</Text>
            <StatusBadge status={lead.status} />
          </Group>
          <Text size="sm" c="dimmed">
            {[lead.company, format.moment(lead.createdAt)].filter((part) => part !== null).join(' · ')}
          </Text>
          <LeadOrigin lead={lead} />
          <Anchor href={`mailto:${lead.email}`} size="sm">
            {lead.email}
          </Anchor>
          {lead.message !== null && (
            <Text size="sm" mt="xs" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
              {lead.message}
            </Text>
          )}
        </Stack>
        {may('leads.edit') && lead.status !== 'withdrawn' && (
          <NativeSelect
            aria-label={t('leads.status', { name: lead.name })}
            value={lead.status}
            disabled={move.isPending}
            onChange={(event) => move.mutate(event.currentTarget.value)}
            data={[
              ...(lead.status === 'new' ? [{ value: 'new', label: t('status.new') }] : []),
              ...NEXT.map((status) => ({ value: status, label: t(`status.${status}`) })),
            ]}
          />
        )}
      </Group>
    </Paper>
  );
}

/** How somebody became a lead without a word of theirs, and what became doubtful about it. */
function LeadOrigin({ lead: { qualifiedBy, status, doubtedAt } }: { readonly lead: LeadView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      {qualifiedBy !== null && (
        <Text size="sm" c="dimmed">
          {clicksInWords(t, qualifiedBy)}
        </Text>
      )}
      {status === 'withdrawn' && <Text size="sm">{t('leads.withdrawn')}</Text>}
      {doubtedAt !== null && <Text size="sm">{t('leads.doubted', { at: format.moment(doubtedAt) })}</Text>}
    </>
  );
}
