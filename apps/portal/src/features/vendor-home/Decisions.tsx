import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WaitingWork } from '#contracts';
import { useFormat } from '../../shared/format';
import { localised } from '../../shared/localised';
import { Loaded } from '../../shared/Page';
import { Section } from '../../shared/Section';
import { useArmText } from '../../shared/TestTable';
import { useWaitingWork } from './api';

interface Decision {
  readonly key: string;
  /** What is to be done. */
  readonly kind: string;
  readonly text: string;
  /** Where it is done. */
  readonly to: string;
  readonly note?: string;
}

const versionPath = (campaignId: string, number: number): string => `/campaigns/${campaignId}/versions/${number}`;

/** What a person of the vendor decides, each as a link to where it is done. */
export function Decisions() {
  const { t } = useTranslation();
  const work = useWaitingWork();
  return (
    <Section title={t('vendorHome.decisions.title')}>
      <Loaded query={work} height={120}>
        {(data) => <DecisionList work={data} />}
      </Loaded>
    </Section>
  );
}

function DecisionList({ work }: { readonly work: WaitingWork }) {
  const { t } = useTranslation();
  const about = useCampaignDecisions(work);
  const decisions = [...about, ...usePartnerDecisions(work)];
  if (decisions.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('vendorHome.decisions.none')}
      </Text>
    );
  return (
    <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
      {decisions.map((decision) => (
        <li key={decision.key}>
          <DecisionRow decision={decision} />
        </li>
      ))}
    </Stack>
  );
}

function DecisionRow({ decision: { kind, text, to, note } }: { readonly decision: Decision }): ReactNode {
  return (
    <Group gap="sm">
      <Badge variant="light" tt="none" miw={132}>
        {kind}
      </Badge>
      <Anchor component={Link} to={to} size="sm" style={{ overflowWrap: 'anywhere' }}>
        {text}
      </Anchor>
      {note !== undefined && (
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      )}
    </Group>
  );
}

function useCampaignDecisions(work: WaitingWork): Decision[] {
  const { versions, translations, updates, recalls, tests, oldContents } = work;
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const armText = useArmText();
  const titleOf = (title: Readonly<Record<string, string>>): string => localised(title, i18n.language);
  return [
    ...recalls.map(({ campaignId, recallId, title, open, decidedOn }) => ({
      key: recallId,
      kind: t('vendorHome.decisions.kinds.recall'),
      text: t('vendorHome.decisions.recall', { title: titleOf(title), count: open }),
      to: `/campaigns/${campaignId}/recalls/${recallId}`,
      note: t('vendorHome.decisions.since', { day: format.day(decidedOn) }),
    })),
    ...versions.map(({ kind, campaignId, number, title, dueOn }) => ({
      key: `${campaignId} ${number}`,
      kind: t(`waitingWork.kinds.${kind}`),
      text: t('waitingWork.version', { title: titleOf(title), number }),
      to: versionPath(campaignId, number),
      ...(kind === 'review' && dueOn !== null ? { note: t('version.dueOn', { day: format.day(dueOn) }) } : {}),
    })),
    ...updates.map(({ kind, campaignId, number, title, partners }) => ({
      key: `update ${campaignId} ${number}`,
      kind: t('vendorHome.decisions.kinds.update'),
      text: t(`vendorHome.decisions.update.${kind}`, { title: titleOf(title), number, count: partners }),
      to: versionPath(campaignId, number),
    })),
    ...tests.map(({ campaignId, number, title, place, winner }) => ({
      key: `test ${campaignId}`,
      kind: t('vendorHome.decisions.kinds.test'),
      text: t('vendorHome.decisions.test', { title: titleOf(title), number, name: armText(winner, place) }),
      to: `/campaigns/${campaignId}#experiments`,
    })),
    ...translations.map(({ kind, campaignId, number, title, locale, count }) => ({
      key: `${campaignId} ${locale}`,
      kind: t(`waitingWork.translation.${kind}`),
      text: t('waitingWork.translation.text', { language: format.language(locale), title: titleOf(title), count }),
      to: `${versionPath(campaignId, number)}/edit?tab=translation&language=${locale}`,
    })),
    ...(oldContents === null || oldContents === 0
      ? []
      : [
          {
            key: 'old-contents',
            kind: t('vendorHome.decisions.kinds.review'),
            text: t('vendorHome.decisions.oldContents', { count: oldContents }),
            to: '/old-contents',
          },
        ]),
  ];
}

function usePartnerDecisions(work: WaitingWork): Decision[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { applications, tierDrops, termsNotAccepted, sharedLeads, expiredInvitations } = work;
  const counted = (key: string, count: number | null, kind: string, text: string, to: string): Decision[] =>
    count === null || count === 0 ? [] : [{ key, kind, text, to }];
  return [
    ...counted(
      'applications',
      applications,
      t('vendorHome.decisions.kinds.application'),
      t('vendorHome.decisions.applications', { count: applications ?? 0 }),
      '/partner-applications',
    ),
    ...counted(
      'leads',
      sharedLeads,
      t('vendorHome.decisions.kinds.lead'),
      t('waitingWork.sharedLeads', { count: sharedLeads ?? 0 }),
      '/shared-leads',
    ),
    ...(tierDrops === null
      ? []
      : [
          {
            key: 'tiers',
            kind: t('vendorHome.decisions.kinds.tier'),
            text: t('vendorHome.decisions.tierDrops', { count: tierDrops.partners }),
            to: '/partner-tiers',
            note: t('vendorHome.decisions.firstOn', { day: format.day(tierDrops.firstOn) }),
          },
        ]),
    ...(termsNotAccepted === null
      ? []
      : [
          {
            key: 'terms',
            kind: t('vendorHome.decisions.kinds.terms'),
            text: t('vendorHome.decisions.terms', { count: termsNotAccepted.partners }),
            to: '/programme-terms',
            ...(termsNotAccepted.acceptBy === null
              ? {}
              : { note: t('vendorHome.decisions.acceptBy', { day: format.day(termsNotAccepted.acceptBy) }) }),
          },
        ]),
    ...counted(
      'invitations',
      expiredInvitations,
      t('vendorHome.decisions.kinds.invitation'),
      t('waitingWork.expiredInvitations', { count: expiredInvitations ?? 0 }),
      '/partners?progress=invited',
    ),
  ];
}
