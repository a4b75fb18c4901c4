import { Alert, Group, List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TierOfPartner } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { RequirementList } from '../../shared/partner-tiers/RequirementList';
import { TierChangeReason } from '../../shared/partner-tiers/TierChangeReason';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { Section } from '../../shared/Section';
import { useCan } from '../../shared/session';
import { removeTier, useTierOfPartner } from './api';
import { SetTierButton } from './SetTierButton';

interface OfPartner {
  readonly partnerId: string;
  readonly name: string;
}

/** The tier of a partner, what it needs, and how the partner came there. Nothing without rules. */
export function TierSection({ partnerId, name }: OfPartner) {
  const { t } = useTranslation();
  const format = useFormat();
  const canManage = useCan()('partners.manage');
  const tier = useTierOfPartner(partnerId);
  if (tier.data?.isByRule === false && tier.data.history.length === 0) return null;
  return (
    <Section title={t('tiers.one')}>
      <Loaded query={tier} height={160}>
        {(standing) => (
          <Stack>
            <Text fw={600}>{standing.tier}</Text>
            {standing.comingDrop !== null && (
              <Alert color="yellow">
                {t('tiers.drop', { to: standing.comingDrop.to, day: format.date(standing.comingDrop.dropsOn) })}
              </Alert>
            )}
            {standing.manual !== null && <Manual manual={standing.manual} {...{ partnerId, name, canManage }} />}
            <Aims standing={standing} />
            {canManage && standing.isByRule && (
              <Group>
                <SetTierButton partnerId={partnerId} name={name} tier={standing.tier} />
              </Group>
            )}
            <History history={standing.history} />
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}

interface ManualProps extends OfPartner {
  readonly manual: NonNullable<TierOfPartner['manual']>;
  readonly canManage: boolean;
}

function Manual({ manual: { reason, untilOn, setBy }, partnerId, name, canManage }: ManualProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  return (
    <Alert color="blue" title={t('tiers.manual')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {t(untilOn === null ? 'tiers.byPerson' : 'tiers.byPersonUntil', {
            name: setBy,
            reason,
            day: untilOn === null ? '' : format.date(untilOn),
          })}
        </Text>
        {canManage && (
          <Confirm
            size="xs"
            danger={false}
            label={t('tiers.removeManual')}
            question={t('tiers.removeManualQuestion', { name })}
            onConfirm={() =>
              removeTier(partnerId).then(() =>
                invalidate(client, queryKeys.partners, queryKeys.partnerGroups, queryKeys.tiers),
              )
            }
          >
            {t('tiers.removeManualText')}
          </Confirm>
        )}
      </Stack>
    </Alert>
  );
}

function Aims({ standing: { present, next } }: { readonly standing: TierOfPartner }) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {(
        [
          ['tiers.present', present],
          ['tiers.next', next],
        ] as const
      ).map(
        ([title, aim]) =>
          aim !== null && (
            <div key={title}>
              <Title order={3} size="h5" mb={4}>
                {t(title, { tier: aim.tier })}
              </Title>
              <RequirementList requirements={aim.requirements} />
            </div>
          ),
      )}
    </SimpleGrid>
  );
}

function History({ history }: Pick<TierOfPartner, 'history'>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (history.length === 0) return null;
  return (
    <div>
      <Title order={3} size="h5" mb={4}>
        {t('tiers.history')}
      </Title>
      <List size="sm" spacing="sm">
        {history.map((change) => (
          <List.Item key={change.id}>
            {t('tiers.changedOn', { day: format.moment(change.at), from: change.from, to: change.to })}
            <TierChangeReason change={change} />
          </List.Item>
        ))}
      </List>
    </div>
  );
}
