import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DistributionView, PartnerVendorView } from '#contracts';
import { DataTable } from '../../shared/DataTable';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { useCan } from '../../shared/session';
import { StatusBadge } from '../../shared/StatusBadge';
import { useDistribution } from './api';
import { ProposePartner } from './ProposePartner';

type Line = DistributionView['items'][number];

/** The partners that a distributor has brought to a vendor; nothing for others. */
export function Distribution({ vendor }: { readonly vendor: PartnerVendorView }) {
  const { t } = useTranslation();
  const can = useCan();
  const distribution = useDistribution({ enabled: can('activations.read') });
  const [opened, { open, close }] = useDisclosure(false);
  const line = distribution.data?.items.find(({ vendorId }) => vendorId === vendor.vendorId);
  if (line === undefined) return null;
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={3} size="h4">
          {t('distribution.title')}
        </Title>
        {can('distribution.edit') && (
          <Button leftSection={<IconUserPlus size={16} aria-hidden />} variant="light" onClick={open}>
            {t('distribution.propose')}
          </Button>
        )}
      </Group>
      <Text size="sm">{t(`distribution.lead.${line.approval}`, { vendor: vendor.name })}</Text>
      <Partners line={line} />
      <Sums totals={line.totals} vendor={vendor.name} />
      <Proposals line={line} />
      <Dialog opened={opened} onClose={close} title={t('distribution.propose')} centered>
        <ProposePartner vendorId={vendor.vendorId} approval={line.approval} onDone={close} />
      </Dialog>
    </Stack>
  );
}

function Partners({ line: { partners } }: { readonly line: Line }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (partners.length === 0) return <Text size="sm">{t('distribution.none')}</Text>;
  return (
    <DataTable
      label={t('distribution.title')}
      items={partners}
      isWhole
      idOf={({ id }) => id}
      minWidth={480}
      columns={[
        {
          key: 'name',
          title: t('distribution.partner'),
          isHeading: true,
          orderBy: ({ name }) => name,
          cell: ({ name }) => name,
        },
        {
          key: 'status',
          title: t('distribution.status'),
          orderBy: ({ status }) => status,
          cell: ({ status }) => <StatusBadge status={status} label={t(`distribution.state.${status}`)} />,
        },
        { key: 'tier', title: t('distribution.tier'), orderBy: ({ tier }) => tier, cell: ({ tier }) => tier },
        {
          key: 'since',
          title: t('distribution.since'),
          orderBy: ({ since }) => since,
          cell: ({ since }) => format.date(since),
        },
      ]}
    />
  );
}

const SUMS = ['launches', 'sent', 'clicks', 'leads'] as const;

/** Sums over partners, or why there are none. */
function Sums({ totals, vendor }: { readonly totals: Line['totals']; readonly vendor: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { from, to, nextOn, partnersNeeded, memberDays, sums } = totals;
  const period = { from: format.day(from), to: format.day(to) };
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('distribution.sums', period)}
      </Text>
      {sums === null ? (
        <Text size="sm">
          {t('distribution.noSums', { count: partnersNeeded, days: memberDays, vendor, next: format.day(nextOn) })}
        </Text>
      ) : (
        <>
          <Group gap="xl" my="xs">
            {SUMS.map((one) => (
              <div key={one}>
                <Text size="sm" c="dimmed">
                  {t(`distribution.sum.${one}`)}
                </Text>
                <Text fw={600}>{format.number(sums[one])}</Text>
              </div>
            ))}
          </Group>
          <Text size="sm" c="dimmed">
            {t('distribution.sumsOf', { count: sums.partners, vendor, next: format.day(nextOn) })}
          </Text>
        </>
      )}
    </div>
  );
}

function Proposals({ line: { proposals } }: { readonly line: Line }) {
  const { t } = useTranslation();
  const format = useFormat();
  const open = proposals.filter(({ decision }) => decision !== 'accepted');
  if (open.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('distribution.proposals')}
      </Text>
      {open.map(({ id, company, proposedAt, decision, reason }) => (
        <Text key={id} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t(decision === null ? 'distribution.waiting' : 'distribution.refused', {
            company,
            at: format.date(proposedAt),
          })}
          {reason !== null && ` ${t('distribution.reason', { reason })}`}
        </Text>
      ))}
    </div>
  );
}
