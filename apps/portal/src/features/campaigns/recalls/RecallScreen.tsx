import { Alert, Anchor, Button, Progress, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload, IconListCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { RecallView } from '#contracts';
import { CsvLink } from '../../../shared/CsvLink';
import { DataTable } from '../../../shared/DataTable';
import { Dialog } from '../../../shared/Dialog';
import { Figure } from '../../../shared/Figure';
import { useFormat } from '../../../shared/format';
import { localised } from '../../../shared/localised';
import { List } from '../../../shared/ListScreen';
import { Loaded, Page } from '../../../shared/Page';
import { ReasonForm } from '../../../shared/ReasonForm';
import { useCan } from '../../../shared/session';
import { isFilling, type RecallOutcome, reverseRecall, useRecall, useRecallRows } from './api';
import { useRecallText } from './recall-text';

/** A recall with its report: a row for each partner, channel and content. */
export function RecallScreen() {
  const { t } = useTranslation();
  const { id = '', recallId = '' } = useParams();
  const recall = useRecall(id, recallId);
  const recallText = useRecallText();
  const { data } = recall;
  return (
    <Page
      title={t('recalls.one')}
      {...(data === undefined ? {} : { lead: recallText(data) })}
      actions={data !== undefined && <Actions campaignId={id} recall={data} />}
    >
      <Anchor component={Link} to={`/campaigns/${id}`} size="sm">
        {t('recalls.toCampaign')}
      </Anchor>
      <Loaded query={recall} height={320}>
        {(loaded) => (
          <>
            <State recall={loaded} />
            <Rows campaignId={id} recall={loaded} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Actions({ campaignId, recall }: { readonly campaignId: string; readonly recall: RecallView }) {
  const { t } = useTranslation();
  const can = useCan();
  const [opened, { open, close }] = useDisclosure(false);
  const [outcome] = useOutcome();
  const path = `/campaigns/${campaignId}/recalls/${recall.id}`;
  const filter = outcome === null ? '' : `?outcome=${outcome}`;
  return (
    <>
      <CsvLink path={`${path}/report.csv${filter}`} label={t('recalls.csv')} />
      {can('programme.read') && (
        <Button
          component="a"
          href={`/api/v1${path}/report.json`}
          download="recall-report.json"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t('recalls.json')}
        </Button>
      )}
      {can('campaigns.retire') && recall.reversedAt === null && (
        <Button color="red" variant="light" onClick={open}>
          {t('recalls.reverse')}
        </Button>
      )}
      <Dialog opened={opened} onClose={close} title={t('recalls.reverseQuestion')} centered>
        <ReasonForm
          about={`reverse recall ${recall.id}`}
          text={t('recalls.reverseText')}
          action={t('recalls.reverse')}
          why={t('campaigns.reasonWhy')}
          onSend={(reason) => reverseRecall(campaignId, recall.id, reason)}
          onSent={close}
          onBack={close}
        />
      </Dialog>
    </>
  );
}

function State({ recall }: { readonly recall: RecallView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { activations, done, partners, mode, replacementNumber, reason, reversedAt, reversedBy, reversalReason } =
    recall;
  const share = activations === 0 ? 100 : (100 * done) / activations;
  const rowsWith = (outcome: RecallOutcome): number =>
    recall.sums.filter((one) => one.outcome === outcome).reduce((sum, { items }) => sum + items, 0);
  return (
    <Stack>
      {reversedAt !== null && (
        <Alert color="blue" title={t('recalls.reversedAt', { at: format.moment(reversedAt), by: reversedBy ?? '' })}>
          <Text size="sm" dir="auto">
            {t('campaigns.endedReason', { reason: reversalReason ?? '' })}
          </Text>
        </Alert>
      )}
      <Text size="sm">
        {t(`recalls.modes.${mode}`)}
        {replacementNumber !== null && ` · ${t('campaigns.version', { number: replacementNumber })}`}
        {` · ${t('recalls.decided', { at: format.moment(recall.decidedAt), by: recall.decidedBy })}`}
      </Text>
      <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
        {t('campaigns.endedReason', { reason })}
      </Text>
      <div>
        <Text size="sm" role="status">
          {isFilling(recall) ? t('recalls.filling', { done, count: activations }) : t('recalls.complete')}
        </Text>
        <Progress value={share} aria-label={t('recalls.progress')} />
      </div>
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        <Figure label={t('recalls.partners')} value={format.number(partners)} />
        {OUTCOMES.filter((outcome) => outcome !== 'was-over' || rowsWith(outcome) > 0).map((outcome) => (
          <Figure
            key={outcome}
            label={t(`recalls.outcome.${outcome}`)}
            value={t('recalls.rows', { count: rowsWith(outcome) })}
          />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

const OUTCOMES = [
  'stopped-before-sending',
  'was-over',
  'withdrawn',
  'page-gone',
  'file-marked',
  'cannot',
] as const satisfies readonly RecallOutcome[];

/** The result that the report is narrowed to, in the address: the table to download follows it. Null: all. */
function useOutcome(): readonly [RecallOutcome | null, (chosen: string | null) => void] {
  const [params, setParams] = useSearchParams();
  const outcome = OUTCOMES.find((one) => one === params.get('outcome')) ?? null;
  return [outcome, (chosen) => setParams(chosen === null ? {} : { outcome: chosen }, { replace: true })];
}

function Rows({ campaignId, recall }: { readonly campaignId: string; readonly recall: RecallView }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const [outcome, show] = useOutcome();
  const rows = useRecallRows(campaignId, recall.id, { outcome, isGrowing: isFilling(recall) });
  return (
    <Stack>
      <Title order={2}>{t('recalls.report')}</Title>
      <Text size="sm" maw={760}>
        {t('recalls.reportText')}
      </Text>
      {!can('programme.read') && <Text size="sm">{t('managers.ownOnly')}</Text>}
      <Select
        label={t('recalls.outcomeOf')}
        placeholder={t('recalls.allOutcomes')}
        data={OUTCOMES.map((value) => ({ value, label: t(`recalls.outcome.${value}`) }))}
        value={outcome}
        onChange={show}
        clearable
        maw={320}
      />
      <List
        list={rows}
        height={320}
        isNarrowed={outcome !== null}
        empty={{ icon: IconListCheck, title: t('recalls.noRow'), text: t('recalls.noRowText') }}
      >
        {(items, isWhole) => (
          <DataTable
            label={t('recalls.report')}
            items={items}
            isWhole={isWhole}
            orderName="sort"
            idOf={({ activationId, channel, itemKey }) => `${activationId} ${channel} ${itemKey}`}
            minWidth={760}
            columns={[
              {
                key: 'partner',
                title: t('partners.partner'),
                isHeading: true,
                orderBy: ({ partnerName }) => partnerName,
                cell: ({ partnerName }) => partnerName,
              },
              {
                key: 'channel',
                title: t('recalls.channelOf'),
                orderBy: ({ channel }) => t(`recalls.channel.${channel}`),
                cell: ({ channel }) => t(`recalls.channel.${channel}`),
              },
              {
                key: 'item',
                title: t('recalls.contents'),
                orderBy: ({ itemKey, name }) => localised(name, i18n.language) || itemKey,
                cell: ({ itemKey, name }) => localised(name, i18n.language) || itemKey,
              },
              {
                key: 'outcome',
                title: t('recalls.outcomeOf'),
                orderBy: ({ outcome }) => t(`recalls.outcome.${outcome}`),
                cell: ({ outcome, channel }) => (
                  <>
                    <Text size="sm">{t(`recalls.outcome.${outcome}`)}</Text>
                    {outcome === 'cannot' && (channel === 'inbox' || channel === 'published-post') && (
                      <Text size="sm" c="dimmed">
                        {t(`recalls.cannot.${channel}`)}
                      </Text>
                    )}
                  </>
                ),
              },
              {
                key: 'at',
                title: t('recalls.at'),
                orderBy: ({ recordedAt }) => recordedAt,
                cell: ({ recordedAt }) => format.moment(recordedAt),
              },
            ]}
          />
        )}
      </List>
    </Stack>
  );
}
