import { Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttributionModelName, DealAttribution, DealView } from '#contracts';
import { useChannelName } from '../../shared/attribution-channel';
import { AttributionModelSelect } from '../../shared/AttributionModelSelect';
import { DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { formatMoney } from '../../shared/money';
import { Loaded } from '../../shared/Page';
import { useUserLocale } from '../../shared/user-locale';
import { useDealAttribution } from './api';

/** Which touches a deal is credited to, by one model at a time, and why. */
export function DealCredits({ deal: { id, updatedAt } }: { readonly deal: DealView }) {
  const { t } = useTranslation();
  const attribution = useDealAttribution(id, updatedAt);
  return (
    <Stack gap="xs">
      <Title order={3} size="h4">
        {t('attribution.ofDeal')}
      </Title>
      <Loaded query={attribution} height={160}>
        {(data) =>
          data.touches.length === 0 ? <Text size="sm">{t('attribution.noTouch')}</Text> : <Credits attribution={data} />
        }
      </Loaded>
    </Stack>
  );
}

type Touch = DealAttribution['touches'][number];

function Credits({ attribution: { touches, amount, halfLifeDays } }: { readonly attribution: DealAttribution }) {
  const { t } = useTranslation();
  const format = useFormat();
  const locale = useUserLocale();
  const channelName = useChannelName();
  const [model, setModel] = useState<AttributionModelName>('linear');
  const creditOf = ({ credits }: Touch) => credits.find((credit) => credit.model === model);
  const why = (touch: Touch): string => {
    const credit = creditOf(touch);
    if (credit === undefined) return '';
    return t(`attribution.reasons.${credit.reason}`, {
      share: format.share(credit.share),
      days: halfLifeDays,
      value: credit.value === null ? '' : format.share(Math.max(0, credit.value)),
    });
  };
  return (
    <Stack gap="xs">
      <AttributionModelSelect model={model} halfLifeDays={halfLifeDays} onModel={setModel} />
      <DataTable
        label={t('attribution.ofDeal')}
        items={touches}
        idOf={({ id }) => id}
        minWidth={480}
        columns={[
          {
            key: 'touch',
            title: t('attribution.touch'),
            isHeading: true,
            cell: ({ kind, at, channel }) => (
              <>
                <Text size="sm" fw={600}>
                  {t(`attribution.kinds.${kind}`)}
                </Text>
                <Text size="xs" c="dimmed">
                  {channelName(channel).campaign} · {channelName(channel).part}
                </Text>
                <Text size="xs" c="dimmed">
                  {format.moment(at)}
                </Text>
              </>
            ),
          },
          {
            key: 'credit',
            title: t('attribution.credit'),
            align: 'end',
            cell: (touch) => {
              const credit = creditOf(touch);
              return credit === undefined || amount === null
                ? '–'
                : formatMoney(locale, { ...amount, minorUnits: credit.creditMinor });
            },
          },
          {
            key: 'why',
            title: t('attribution.why'),
            maxWidth: 300,
            cell: (touch) => <Text size="sm">{why(touch)}</Text>,
          },
        ]}
      />
    </Stack>
  );
}
