import { Alert, Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../shared/format';
import { useOwnTiers } from '../../shared/requests';

/** One line per vendor whose tiers have rules: the partner's tier, or the day on which it drops. */
export function TierLines() {
  const { t } = useTranslation();
  const format = useFormat();
  const tiers = useOwnTiers().data?.items ?? [];
  return tiers.map(({ vendorId, vendorName: vendor, tier, comingDrop, next }) => {
    const link = (
      <Anchor component={Link} to="/vendors" inherit underline="always">
        {t(next === null ? 'home.tier.see' : 'home.tier.next', { tier: next?.tier ?? '' })}
      </Anchor>
    );
    if (comingDrop === null)
      return (
        <Text key={vendorId} size="sm">
          {t('home.tier.has', { vendor, tier })} {link}
        </Text>
      );
    const day = format.date(comingDrop.dropsOn);
    return (
      <Alert key={vendorId} color="yellow">
        {t('home.tier.drops', { vendor, tier, to: comingDrop.to, day })}{' '}
        <Anchor component={Link} to="/vendors" inherit underline="always">
          {t('home.tier.missing')}
        </Anchor>
      </Alert>
    );
  });
}
