import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PartnerActivity as Activity } from '#contracts';
import { useFormat } from '../../shared/format';
import { localised } from '../../shared/localised';
import { Loaded } from '../../shared/Page';
import { Section } from '../../shared/Section';
import { usePartnerActivity } from './api';

type Item = Activity['items'][number];

/** So many lines are shown at first. */
const FIRST = 10;

/** What happened with a partner, newest first. Never its contacts. */
export function PartnerActivity({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation();
  const activity = usePartnerActivity(partnerId);
  const [isAll, setAll] = useState(false);
  return (
    <Section title={t('partnerPage.activity.title')} text={t('partnerPage.activity.text')}>
      <Loaded query={activity} height={160}>
        {({ items }) => (
          <Stack gap="xs">
            {items.length === 0 && <Text size="sm">{t('partnerPage.activity.none')}</Text>}
            {items.slice(0, isAll ? items.length : FIRST).map((item, at) => (
              // Nothing else names a line: one person may do the same twice in a moment.
              <ActivityLine key={`${at} ${item.on} ${item.kind}`} item={item} />
            ))}
            {!isAll && items.length > FIRST && (
              <Group>
                <Button size="xs" variant="default" onClick={() => setAll(true)}>
                  {t('partnerPage.activity.all')}
                </Button>
              </Group>
            )}
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}

function ActivityLine({ item: { kind, on, at, by, campaignId, title, facts } }: { readonly item: Item }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const details = [
    facts.tier !== undefined && t('partnerPage.activity.tier', { tier: facts.tier }),
    facts.region !== undefined && t('partnerPage.activity.region', { region: facts.region }),
    facts.name,
    facts.attributes,
    facts.lastDay !== undefined && t('partnerPage.activity.lastDay', { day: format.day(facts.lastDay) }),
    facts.reason,
  ].filter((detail): detail is string => typeof detail === 'string');
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <Text size="sm" c="dimmed" w={{ base: 100, sm: 150 }} style={{ flexShrink: 0 }}>
        {at === null ? format.day(on) : format.moment(at)}
      </Text>
      <Text size="sm">
        {t(`partnerPage.activity.kinds.${kind}`)}
        {campaignId !== null && (
          <>
            {': '}
            <Anchor component={Link} to={`/campaigns/${campaignId}`} size="sm">
              {localised(title ?? {}, i18n.language)}
            </Anchor>
          </>
        )}
        {details.length > 0 && ` (${details.join(' · ')})`}
        {by !== null && ` – ${by}`}
      </Text>
    </Group>
  );
}
