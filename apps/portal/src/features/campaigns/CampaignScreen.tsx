import { Alert, Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconPencil, IconUpload, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { CampaignDetail } from '#contracts';
import { useCan } from '../../shared/session';
import { DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { List } from '../../shared/ListScreen';
import { Loaded, Page } from '../../shared/Page';
import { StatusBadge } from '../../shared/StatusBadge';
import { localised } from '../../shared/localised';
import { ArchiveCampaign } from './ArchiveCampaign';
import { ControlRunner, RunnerAct } from './ControlRunner';
import { CampaignExperiments } from './experiments/CampaignExperiments';
import { EndCampaign } from './EndCampaign';
import { Extend } from './Extend';
import { ResultsLink, Tags } from './Tags';
import { Lifetime } from './Lifetime';
import { versionPath } from './campaign';
import { AvailabilityText, VersionBadge } from './VersionState';
import { VersionUpdate } from './VersionUpdate';
import { Waves } from './Waves';
import { Recalls } from './recalls/Recalls';
import { useCampaign, useCampaignActivations } from './api';

/**
 * Shows a vendor the versions of a campaign and the partners that run it, never
 * the partners' contacts.
 */
export function CampaignScreen() {
  const { t, i18n } = useTranslation();
  const can = useCan();
  const { id = '' } = useParams();
  const campaign = useCampaign(id);
  const newest = campaign.data?.versions[0];
  const isChangeable = campaign.data?.archivedAt === null;
  return (
    <Page
      title={newest === undefined ? t('campaigns.one') : localised(newest.title, i18n.language)}
      {...(newest === undefined ? {} : { lead: localised(newest.summary, i18n.language) })}
      actions={
        <>
          {can('campaigns.publish') && isChangeable && newest !== undefined && isApproved(newest) && (
            <Button component={Link} to={versionPath(id, newest.number)}>
              {t('campaigns.toPublish', { number: newest.number })}
            </Button>
          )}
          {can('campaigns.edit') && isChangeable && newest !== undefined && newest.status !== 'in-review' && (
            <Button
              component={Link}
              to={`/campaigns/${id}/versions/${newest.number}/edit`}
              leftSection={<IconPencil size={16} aria-hidden />}
            >
              {t(newest.status === 'draft' ? 'campaigns.editDraft' : 'campaigns.editNext')}
            </Button>
          )}
          {can('campaigns.edit') && isChangeable && (
            <Button
              component={Link}
              to={`/campaigns/${id}/versions/new`}
              variant="default"
              leftSection={<IconUpload size={16} aria-hidden />}
            >
              {t('campaigns.newVersion')}
            </Button>
          )}
          {campaign.data !== undefined && <ArchiveCampaign campaign={campaign.data} />}
          {campaign.data !== undefined && newest !== undefined && (
            <EndCampaign campaign={campaign.data} title={localised(newest.title, i18n.language)} />
          )}
        </>
      }
    >
      {campaign.data !== undefined && (
        <Group gap="lg">
          <Tags campaign={campaign.data} />
          {newest !== undefined && campaign.data.versions.some(({ publishedAt }) => publishedAt !== null) && (
            <ResultsLink campaignId={id} title={localised(newest.title, i18n.language)} />
          )}
        </Group>
      )}
      {campaign.data?.archivedAt != null && <Alert color="gray">{t('campaigns.archivedNote')}</Alert>}
      {!can('programme.read') && <Text size="sm">{t('managers.ownOnly')}</Text>}
      <Versions campaignId={id} campaign={campaign} />
      {campaign.data?.versions.some(({ publishedAt }) => publishedAt !== null) === true && (
        <Lifetime
          campaignId={id}
          closesOn={campaign.data.versions.find(({ status }) => status === 'published')?.closesOn ?? null}
        />
      )}
      {can('vendor-insight.read') &&
        campaign.data?.versions.some(({ publishedAt }) => publishedAt !== null) === true && (
          <CampaignExperiments campaignId={id} />
        )}
      {can('vendor-activations.read') && <Recalls campaignId={id} />}
      {can('vendor-activations.read') && (
        <PartnersRunning
          campaignId={id}
          hasEnded={campaign.data?.versions.every(({ status }) => status !== 'published') ?? false}
        />
      )}
    </Page>
  );
}

interface VersionsProps {
  readonly campaignId: string;
  readonly campaign: ReturnType<typeof useCampaign>;
}

/** Versions of a campaign, newest first, with their status. */
function Versions({ campaignId, campaign }: VersionsProps) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  return (
    <Stack>
      <Title order={2}>{t('campaigns.versions')}</Title>
      <Loaded query={campaign}>
        {({ versions }) => (
          <Stack gap="sm">
            {versions.map((version) => (
              <Paper key={version.id} withBorder p="md">
                <Group justify="space-between" gap="xs">
                  <div style={{ flex: '1 1 14rem', minWidth: 0 }}>
                    <Anchor component={Link} to={`/campaigns/${campaignId}/versions/${version.number}`} fw={600}>
                      {t('campaigns.version', { number: version.number })}
                    </Anchor>
                    {version.publishedAt === null ? (
                      <Text size="sm" c="dimmed">
                        {t('campaigns.made', { at: format.moment(version.createdAt), by: version.createdBy })}
                      </Text>
                    ) : (
                      <AvailabilityText version={version} />
                    )}
                    <VersionRunning versions={versions} version={version} />
                    {version.endedCode !== null && version.endedAt !== null && (
                      <Text size="sm">{t('campaigns.lastDayOver', { at: format.moment(version.endedAt) })}</Text>
                    )}
                    {version.endedReason !== null && (
                      <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
                        {t('campaigns.endedReason', { reason: version.endedReason })}
                      </Text>
                    )}
                  </div>
                  <Group gap="sm">
                    <Extend version={version} />
                    <VersionBadge version={version} approved={version.approvedAt !== null} />
                  </Group>
                </Group>
                {version.publishedAt !== null && can('programme.read') && <Waves version={version} />}
                {version.publishedAt !== null && can('programme.read') && <VersionUpdate version={version} />}
              </Paper>
            ))}
          </Stack>
        )}
      </Loaded>
    </Stack>
  );
}

type Version = CampaignDetail['versions'][number];

/** Approved and not yet published. */
/** Orders activations without a planned end after the others. */
const NO_END = '9999';

const isApproved = ({ status, approvedAt }: Version): boolean => status === 'in-review' && approvedAt !== null;

/**
 * How many partners run a version. If a newer one is published: that they stay
 * with it, and how they change.
 */
function VersionRunning({ versions, version }: { readonly versions: readonly Version[]; readonly version: Version }) {
  const { t } = useTranslation();
  const { number, partnersRunning, publishedAt } = version;
  const newest = versions.find(({ status }) => status === 'published');
  if (publishedAt === null || partnersRunning === null) return null;
  const isOld = newest !== undefined && newest.number > number && partnersRunning > 0;
  return (
    <Text size="sm">
      {t(version.status === 'recalled' ? 'campaigns.ranIt' : 'campaigns.concerned', { count: partnersRunning })}
      {isOld && ` ${t('campaigns.runningOld', { number: newest.number })}`}
    </Text>
  );
}

/** Partners that run a campaign, with the status of their activation. */
function PartnersRunning({ campaignId, hasEnded }: { readonly campaignId: string; readonly hasEnded: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const activations = useCampaignActivations(campaignId, hasEnded);
  return (
    <Stack>
      <Title order={2}>{t('campaigns.runners')}</Title>
      <Text size="sm" maw={760}>
        {t('campaigns.plannedEndText')}
      </Text>
      <List
        list={activations}
        height={220}
        empty={{ icon: IconUsers, title: t('campaigns.noPartner'), text: t('campaigns.noPartnerText') }}
      >
        {(items, isWhole) => (
          <DataTable
            label={t('campaigns.runners')}
            items={items}
            isWhole={isWhole}
            idOf={({ id }) => id}
            minWidth={560}
            actions={
              can('vendor-activations.control') &&
              ((runner) => <ControlRunner campaignId={campaignId} runner={runner} />)
            }
            columns={[
              {
                key: 'partner',
                title: t('partners.partner'),
                isHeading: true,
                orderBy: ({ partnerName }) => partnerName,
                cell: ({ partnerName }) => partnerName,
              },
              {
                key: 'version',
                title: t('campaigns.runsVersion'),
                orderBy: ({ versionNumber }) => versionNumber,
                cell: ({ versionNumber }) => format.number(versionNumber),
              },
              {
                key: 'status',
                title: t('partners.status'),
                cell: (runner) => (
                  <>
                    <Group gap="xs">
                      <StatusBadge status={runner.status} />
                      {runner.heldReason !== null && (
                        <Text size="sm">{t(`campaigns.heldReason.${runner.heldReason}`)}</Text>
                      )}
                    </Group>
                    <RunnerAct runner={runner} />
                  </>
                ),
              },
              {
                key: 'launched',
                title: t('campaigns.launched'),
                orderBy: ({ launchedAt }) => launchedAt,
                cell: ({ launchedAt }) => format.moment(launchedAt),
              },
              {
                key: 'plannedEnd',
                title: t('campaigns.plannedEnd'),
                orderBy: ({ lastOn, endedAt }) => endedAt ?? lastOn ?? NO_END,
                cell: ({ lastOn, endedAt }) => {
                  const day = endedAt ?? lastOn;
                  return day === null ? t('campaigns.noPlannedEnd') : format.day(day);
                },
              },
            ]}
          />
        )}
      </List>
    </Stack>
  );
}
