import { Alert, List, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OwnTiers, PartnerVendorView } from '#contracts';
import { useFormat } from '../../shared/format';
import { RequirementList } from '../../shared/partner-tiers/RequirementList';
import { useOwnTiers } from '../../shared/requests';

type OwnTierView = OwnTiers['items'][number];

/** The partner's tier with a vendor, a coming drop, and what the next tier needs. Nothing without rules. */
export function OwnTier({ vendor: { vendorId, name } }: { readonly vendor: PartnerVendorView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const own = useOwnTiers().data?.items.find((one) => one.vendorId === vendorId);
  if (own === undefined) return null;
  const { tier, comingDrop, manual, present, next, history } = own;
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        {t('tiers.own', { tier })}
      </Title>
      {present !== null && present.about !== '' && <Text size="sm">{present.about}</Text>}
      {comingDrop !== null && (
        <Alert color="yellow" title={t('tiers.drop', { to: comingDrop.to, day: format.date(comingDrop.dropsOn) })}>
          <Stack gap="xs">
            <Text size="sm">{t('tiers.ownDropWhy', { tier })}</Text>
            <RequirementList requirements={present?.requirements ?? []} isMissingOnly />
          </Stack>
        </Alert>
      )}
      {manual !== null && (
        <Text size="sm">
          {t(manual.untilOn === null ? 'tiers.ownManual' : 'tiers.ownManualUntil', {
            vendor: name,
            day: manual.untilOn === null ? '' : format.date(manual.untilOn),
          })}
        </Text>
      )}
      <Next next={next} />
      <History history={history} />
    </Stack>
  );
}

function Next({ next }: Pick<OwnTierView, 'next'>) {
  const { t } = useTranslation();
  if (next === null) return <Text size="sm">{t('tiers.highest')}</Text>;
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {t('tiers.next', { tier: next.tier })}
      </Text>
      {next.about !== '' && (
        <Text size="sm" mb={4}>
          {next.about}
        </Text>
      )}
      <RequirementList requirements={next.requirements} />
    </div>
  );
}

function History({ history }: Pick<OwnTierView, 'history'>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (history.length === 0) return null;
  return (
    <List size="sm">
      {history.map(({ id, from, to, at }) => (
        <List.Item key={id}>{t('tiers.changedOn', { day: format.moment(at), from, to })}</List.Item>
      ))}
    </List>
  );
}
