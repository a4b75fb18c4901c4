import { Button, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DealView } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { DealForm } from '../../shared/leads/DealForm';
import { statusOf } from '../../shared/leads/deal-text';
import { formatMoney } from '../../shared/money';
import { Loaded } from '../../shared/Page';
import { useReaderTitle } from '../../shared/reader-title';
import { useCan } from '../../shared/session';
import { StatusBadge } from '../../shared/StatusBadge';
import { useUserLocale } from '../../shared/user-locale';
import { DealCredits } from './DealCredits';
import { DealShares } from './DealShares';
import { DealTimeline } from './DealTimeline';
import { ExpectedDay } from './ExpectedDay';
import { RefundForm } from './RefundForm';
import { useDeal, useDealChanges } from './api';
import { WithdrawDeal, WithdrawnNote } from './WithdrawDeal';

interface DealDrawerProps {
  /** Null: closed. */
  readonly dealId: string | null;
  readonly onClose: () => void;
}

/** A deal: its state, which touches it is credited to, and its history. */
export function DealDrawer({ dealId, onClose }: DealDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer opened={dealId !== null} onClose={onClose} position="right" size="xl" title={t('deals.one')}>
      {dealId !== null && <OneDeal key={dealId} dealId={dealId} />}
    </Drawer>
  );
}

function OneDeal({ dealId }: { readonly dealId: string }) {
  const deal = useDeal(dealId);
  return (
    <Loaded query={deal} height={400}>
      {(shown) => (
        <Stack>
          <Head deal={shown} />
          {shown.withdrawn === null && <DealCredits deal={shown} />}
          {shown.withdrawn === null && <DealShares deal={shown} />}
          <DealTimeline deal={shown} />
        </Stack>
      )}
    </Loaded>
  );
}

interface DealProps {
  readonly deal: DealView;
}

function Head({ deal }: DealProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const locale = useUserLocale();
  const readerTitle = useReaderTitle();
  const { name, company, stage, amount, refundedMinor, products, lostReason, closedOn } = deal;
  const lines = [
    company,
    readerTitle({ title: deal.campaignTitle, titles: deal.campaignTitles }),
    products.join(', '),
    lostReason === null ? '' : t(`deals.reasons.${lostReason}`),
    closedOn !== null ? t('deals.closed', { day: format.day(closedOn) }) : '',
    deal.externalId === null ? '' : t('deals.number', { number: deal.externalId }),
  ].filter((line) => line !== null && line !== '');
  return (
    <Stack gap={4} align="flex-start">
      <Title order={2} size="h3">
        {name === '' ? t('people.gone') : name}
      </Title>
      <Group gap="xs">
        <StatusBadge status={statusOf(stage)} label={t(`deals.stages.${stage}`)} />
        <Text fw={650}>{amount === null ? t('deals.noAmount') : formatMoney(locale, amount)}</Text>
        {amount !== null && refundedMinor > 0 && (
          <Text size="sm" c="dimmed">
            {t('deals.refunded', { amount: formatMoney(locale, { ...amount, minorUnits: refundedMinor }) })}
          </Text>
        )}
      </Group>
      {lines.map((line) => (
        <Text key={line} size="sm" c="dimmed">
          {line}
        </Text>
      ))}
      {closedOn === null && <ExpectedDay deal={deal} />}
      <WithdrawnNote deal={deal} />
      <Actions deal={deal} />
    </Stack>
  );
}

function Actions({ deal }: DealProps) {
  const { t } = useTranslation();
  const can = useCan();
  const canEdit = can('leads.edit') && deal.withdrawn === null;
  const [changing, editing] = useDisclosure(false);
  const [refunding, refunds] = useDisclosure(false);
  const { change, refund } = useDealChanges(deal.id, () => {
    editing.close();
    refunds.close();
  });
  const begin = () => {
    change.reset();
    editing.open();
  };
  const { leadId, amount, name } = deal;
  return (
    <Group gap="xs">
      {leadId !== null && (
        <Button component={Link} to={`/leads?lead=${leadId}`} variant="default" size="xs">
          {t('deals.toLead')}
        </Button>
      )}
      {canEdit && (
        <Button variant="default" size="xs" onClick={begin}>
          {t('deals.change')}
        </Button>
      )}
      {canEdit && deal.stage === 'won' && amount !== null && (
        <Button variant="default" size="xs" onClick={refunds.open}>
          {t('deals.refund')}
        </Button>
      )}
      {canEdit && <WithdrawDeal deal={deal} />}
      <Dialog opened={changing} onClose={editing.close} title={t('deals.of', { name })} centered>
        <DealForm
          deal={deal}
          isSaving={change.isPending}
          error={change.error}
          onSave={(body, version) => change.mutate({ body, version })}
        />
      </Dialog>
      <Dialog opened={refunding} onClose={refunds.close} title={t('deals.refundOf', { name })} centered>
        {amount !== null && (
          <RefundForm
            left={{ ...amount, minorUnits: amount.minorUnits - deal.refundedMinor }}
            isSaving={refund.isPending}
            onSave={(minorUnits) => refund.mutate(minorUnits)}
          />
        )}
      </Dialog>
    </Group>
  );
}
