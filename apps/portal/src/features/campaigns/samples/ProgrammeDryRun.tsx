import { Button, List, Progress, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, ProgrammeDryRunView } from '#contracts';
import { call } from '../../../shared/api';
import { useFormat } from '../../../shared/format';
import { Loaded } from '../../../shared/Page';
import { useTranslateCode } from '../../../shared/translate-code';
import { versionPath } from '../campaign';

type Run = NonNullable<ProgrammeDryRunView['run']>;
type Step = Run['steps'][number];

/**
 * Longest wait for an answer.
 * After it, the progress is shown.
 */
const WAIT_SECONDS = 2;
const GO_ON_MS = 250;
const BUSIEST = 5;

/**
 * Shows a vendor an estimate across the contacts of all partners.
 * Only totals: a vendor sees no partner's contacts.
 */
export function ProgrammeDryRun({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const [isAsked, setIsAsked] = useState(false);
  const { campaignId, number } = version;
  return (
    <Stack component="section" aria-labelledby="programme-run">
      <div>
        <Title order={2} id="programme-run">
          {t('programmeRun.title')}
        </Title>
        <Text size="sm" c="dimmed" maw={760}>
          {t('programmeRun.lead')}
        </Text>
      </div>
      {isAsked ? (
        <Answer path={`${versionPath(campaignId, number)}/programme-dry-run?waitSeconds=${WAIT_SECONDS}`} />
      ) : (
        <div>
          <Button leftSection={<IconUsersGroup size={18} aria-hidden />} onClick={() => setIsAsked(true)}>
            {t('programmeRun.run')}
          </Button>
        </div>
      )}
    </Stack>
  );
}

function Answer({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery({
    queryKey: ['programme-dry-run', path],
    queryFn: ({ signal }) => call<ProgrammeDryRunView>('GET', path, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.isComplete === false ? GO_ON_MS : false),
  });
  return (
    <Loaded query={query} height={240}>
      {({ isComplete, progress: { partners, of }, run, asOf }) => {
        const words = t('programmeRun.progress', { partners: format.number(partners), of: format.number(of) });
        if (!isComplete)
          return (
            <Stack gap={6} role="status">
              <Text size="sm">{words}</Text>
              <Progress value={of === 0 ? 0 : (100 * partners) / of} aria-label={words} />
            </Stack>
          );
        if (run === null) return <Text role="status">{t('programmeRun.tooFew')}</Text>;
        return (
          <Stack>
            <div role="status">
              <Text fw={600}>
                {run.reached === null
                  ? t('programmeRun.fewRecipients', { total: format.number(run.total) })
                  : t('programmeRun.reached', {
                      reached: format.number(run.reached),
                      total: format.number(run.total),
                    })}
              </Text>
              <Text size="sm" c="dimmed" maw={760}>
                {t('programmeRun.asOf', { at: format.moment(asOf) })} {t('programmeRun.again')}
              </Text>
            </div>
            <Steps run={run} />
            <BusiestDays run={run} />
          </Stack>
        );
      }}
    </Loaded>
  );
}

function Steps({ run }: { readonly run: Run }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table.ScrollContainer minWidth={520} type="native">
      <Table verticalSpacing="xs" aria-label={t('programmeRun.steps')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('programmeRun.step')}</Table.Th>
            <Table.Th>{t('programmeRun.willGet')}</Table.Th>
            <Table.Th>{t('programmeRun.others')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {run.steps.map((step) => (
            <Table.Tr key={step.stepKey}>
              <Table.Th scope="row" fw={500}>
                {t(`samples.kind.${step.kind}`, { stepKey: step.stepKey })}
              </Table.Th>
              <Table.Td>
                {step.willGet === null
                  ? t('programmeRun.few')
                  : t('programmeRun.number', { number: format.number(step.willGet) })}
              </Table.Td>
              <Table.Td>
                <Why step={step} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Reasons for skipped and delayed messages. */
function Why({ step: { skipped, delayed } }: { readonly step: Step }) {
  const { t } = useTranslation();
  const format = useFormat();
  const translateCode = useTranslateCode();
  const number = (count: number): string => t('programmeRun.number', { number: format.number(count) });
  return (
    <List size="sm" c="dimmed" spacing={2} listStyleType="none">
      {skipped.map(({ reason, sentence, count }) => (
        <List.Item key={reason}>
          {number(count)}: {translateCode('reasons', reason, sentence)}
        </List.Item>
      ))}
      {delayed.map(({ reason, sentence, count }) => (
        <List.Item key={`later ${reason}`}>
          {number(count)}: {t('programmeRun.later', { sentence: translateCode('reasons', reason, sentence) })}
        </List.Item>
      ))}
    </List>
  );
}

/** The days with most messages, in the partners' calendars. */
function BusiestDays({ run: { days } }: { readonly run: Run }) {
  const { t } = useTranslation();
  const format = useFormat();
  const perDay = [...Map.groupBy(days, ({ on }) => on)].map(([on, steps]) => ({
    on,
    count: steps.reduce((sum, { count }) => sum + count, 0),
  }));
  if (perDay.length === 0) return null;
  const busiest = perDay.sort((a, b) => b.count - a.count).slice(0, BUSIEST);
  return (
    <div>
      <Title order={3} size="h4">
        {t('programmeRun.days')}
      </Title>
      <List size="sm" spacing={2} mt="xs">
        {busiest
          .sort((a, b) => a.on.localeCompare(b.on))
          .map(({ on, count }) => (
            <List.Item key={on}>
              {format.day(on)}: {t('programmeRun.number', { number: format.number(count) })}
            </List.Item>
          ))}
      </List>
    </div>
  );
}
