import { Paper, SimpleGrid, Text } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ATTRIBUTION_MODELS, type AttributionModelName, type Returns as ReturnsOf } from '#contracts';
import { useAmountText } from '../../shared/money';
import { useFreshNumbers } from '../../shared/number-age';
import { QuerySection } from '../../shared/QuerySection';
import { useUrlState } from '../../shared/url-state';
import { useReturns } from './api';
import { tacticState } from './money-state';
import { ReturnsActions } from './ReturnsActions';
import { ReturnsTable } from './ReturnsTable';
import { useRatioText, useRoiText } from './roi-text';
import { TacticReturns } from './TacticReturns';

/** What a partner's campaigns and tactics cost in a period, and what came of it. */
export function Returns({ query }: { readonly query: string }) {
  const { t } = useTranslation();
  const [model, setModel] = useUrlState<AttributionModelName>('model', 'linear', ATTRIBUTION_MODELS);
  // These two models read the paths of all people, too much for every few seconds. A cheap model is read then, and
  // these when costs or credits by it change. All but the tactics is the same by each model.
  const isCostly = model === 'markov' || model === 'shapley';
  const chosen = withModel(query, model);
  const returns = useReturns(isCostly ? withModel(query, 'linear') : chosen, '', {
    placeholderData: keepPreviousData,
    ...useFreshNumbers(),
  });
  const state = returns.isPlaceholderData ? null : tacticState(returns.data);
  const costly = useReturns(chosen, state ?? '', {
    placeholderData: keepPreviousData,
    enabled: isCostly && state !== null,
  });
  const shown = isCostly ? costly : returns;
  return (
    <QuerySection
      id="returns"
      title={t('returns.title')}
      lead={t('returns.lead')}
      actions={<ReturnsActions csv={`/insight/returns.csv?${query}`} />}
      query={shown}
      // About that of the figures and both tables: with less, what is below would be in view while this loads.
      height={560}
      noneText={({ total }) => (total.costs.length === 0 ? t('returns.none') : null)}
    >
      {({ tactics, ...exact }) => {
        const { total, campaigns, from, to } = returns.data ?? exact;
        return (
          <>
            <Figures total={total} />
            <ReturnsTable campaigns={campaigns} total={total} window={{ from, to }} />
            <TacticReturns tactics={tactics} total={total} model={model} onModel={setModel} query={chosen} />
          </>
        );
      }}
    </QuerySection>
  );
}

function withModel(query: string, model: AttributionModelName): string {
  const asked = new URLSearchParams(query);
  asked.set('model', model);
  return asked.toString();
}

/** Costs, return on investment, pipeline per cost, and costs of a lead and of a won deal. */
function Figures({ total }: { readonly total: ReturnsOf }) {
  const { t } = useTranslation();
  const amountText = useAmountText();
  const roiText = useRoiText();
  const ratioText = useRatioText();
  const open = amountText(total.open);
  const figures = [
    ['costs', amountText(total.costs), ''],
    ['roi', roiText(total), total.withoutRoi === null ? t('returns.roiHow') : t(`returns.without.${total.withoutRoi}`)],
    [
      'pipelinePerCost',
      ratioText(total.pipelinePerCost),
      open === '' ? t('returns.noPipeline') : t('returns.pipelineHow', { amounts: open }),
    ],
    ['costPerLead', amountText(total.costPerLead), t('returns.leads', { count: total.leads })],
    ['costPerWonDeal', amountText(total.costPerWonDeal), t('money.deals', { count: total.wonDeals })],
  ] as const;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }} component="dl" m={0}>
      {figures.map(([name, value, note]) => (
        <Paper key={name} withBorder p="md">
          <Text component="dt" size="sm" c="dimmed">
            {t(`returns.${name}`)}
          </Text>
          <Text component="dd" m={0} fz={22} fw={650} lh={1.3}>
            {value || '–'}
          </Text>
          <Text component="dd" m={0} size="xs" c="dimmed">
            {note}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
