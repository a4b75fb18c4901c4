import { Alert, Anchor, Badge, Group, Stack, Tabs, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { CampaignVersionDetail } from '#contracts';
import { useCan } from '../../shared/session';
import { useFormat } from '../../shared/format';
import { Loaded, Page } from '../../shared/Page';
import { localised } from '../../shared/localised';
import { isEditable, openComments, useVersion, versionPath } from './campaign';
import { DeleteDraft } from './ArchiveCampaign';
import { Comments, OpenComments } from './comments/Comments';
import { DraftChanges } from './DraftChanges';
import { Extend } from './Extend';
import { LinkCheck } from './LinkCheck';
import { ReviewActions } from './ReviewActions';
import { ProgrammeDryRun } from './samples/ProgrammeDryRun';
import { SampleDryRun } from './samples/SampleDryRun';
import { LeadRuleText } from '../../shared/lead-rules/LeadRuleText';
import { SequenceView } from './SequenceView';
import { TacticPreviews } from './TacticPreviews';
import { VersionChanges } from './changes/VersionChanges';
import { VersionContents } from './VersionContents';
import { VersionGates } from './VersionGates';
import { AvailabilityText, VersionBadge } from './VersionState';
import { VersionUpdate } from './VersionUpdate';

/**
 * Shows a vendor one version: contents, previews, schedule, review and
 * publication.
 */
export function VersionScreen() {
  const { t, i18n } = useTranslation();
  const { id = '', number = '' } = useParams();
  const version = useVersion(id, number);
  return (
    <Page
      title={version.data === undefined ? t('campaigns.one') : localised(version.data.title, i18n.language)}
      {...(version.data === undefined ? {} : { lead: localised(version.data.summary, i18n.language) })}
      {...(version.data === undefined ? {} : { actions: <ReviewActions version={version.data} /> })}
    >
      <Loaded query={version} height={560}>
        {(loaded) => <Version version={loaded} />}
      </Loaded>
    </Page>
  );
}

function Version({ version }: { readonly version: CampaignVersionDetail }) {
  const can = useCan();
  return (
    <Stack gap="lg">
      <VersionLinks version={version} />
      <Group gap="sm">
        <AvailabilityText version={version} />
        <Extend version={version} />
      </Group>
      {version.publishedAt !== null && can('programme.read') && <VersionUpdate version={version} heading={2} />}
      <DraftChanges version={version} />
      <History version={version} />
      <OpenComments version={version} />
      <LinkCheck version={version} />
      <VersionGates version={version} />
      <VersionTabs version={version} />
    </Stack>
  );
}

/** State of the version, and links to its files and to the editor. */
function VersionLinks({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const can = useCan();
  const { campaignId, number, status } = version;
  return (
    <Group gap="sm">
      <Anchor component={Link} to={`/campaigns/${campaignId}`} size="sm">
        {t('campaigns.allVersions')}
      </Anchor>
      <Text size="sm">{t('campaigns.version', { number })}</Text>
      <VersionBadge version={version} approved={version.approvedAt !== null} />
      {can('campaigns.edit') && status !== 'in-review' && (
        <Anchor component={Link} to={`/campaigns/${campaignId}/versions/${number}/edit`} size="sm">
          {t('editor.open')}
        </Anchor>
      )}
      <Anchor href={`/api/v1${versionPath(campaignId, number)}/package.zip`} download size="sm">
        {t('campaigns.package')}
      </Anchor>
      {version.publishedAt !== null && (
        <Anchor href={`/api/v1${versionPath(campaignId, number)}/manifest`} download size="sm">
          {t('campaigns.manifest')}
        </Anchor>
      )}
      <DeleteDraft version={version} />
    </Group>
  );
}

/** Parts of the version as tabs. The address contains the open one. */
function VersionTabs({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const { number } = version;
  return (
    <Tabs
      value={query.get('tab') ?? 'preview'}
      onChange={(tab) => setQuery({ tab: tab ?? 'preview' }, { replace: true })}
      keepMounted={false}
    >
      <Tabs.List mb="lg">
        <Tabs.Tab value="preview">{t('version.preview')}</Tabs.Tab>
        <Tabs.Tab value="sequence">{t('version.sequence')}</Tabs.Tab>
        <Tabs.Tab value="contents">{t('version.contents')}</Tabs.Tab>
        {(isEditable(version) || version.comments.length > 0) && <CommentsTab version={version} />}
        {number > 1 && <Tabs.Tab value="changes">{t('compare.title')}</Tabs.Tab>}
      </Tabs.List>
      <Tabs.Panel value="preview">
        <TacticPreviews version={version} />
      </Tabs.Panel>
      <Tabs.Panel value="sequence">
        <SequencePanel version={version} />
      </Tabs.Panel>
      <Tabs.Panel value="contents">
        <VersionContents version={version} />
      </Tabs.Panel>
      <Tabs.Panel value="comments">
        <Comments version={version} />
      </Tabs.Panel>
      {number > 1 && (
        <Tabs.Panel value="changes">
          <VersionChanges version={version} />
        </Tabs.Panel>
      )}
    </Tabs>
  );
}

/** Tab of the comments, with the number of those that are not resolved. */
function CommentsTab({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const open = openComments(version).length;
  return (
    <Tabs.Tab
      value="comments"
      {...(open > 0
        ? {
            rightSection: (
              <Badge size="sm" circle>
                {open}
              </Badge>
            ),
          }
        : {})}
    >
      {t('comments.title')}
    </Tabs.Tab>
  );
}

/** Steps, lead rule and dry runs. */
function SequencePanel({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xl">
      <SequenceView version={version} />
      <Stack component="section" aria-labelledby="lead-rule" gap="xs">
        <Title order={2} id="lead-rule">
          {t('leadRule.title')}
        </Title>
        <LeadRuleText rule={version.leads} />
      </Stack>
      <SampleDryRun version={version} />
      <ProgrammeDryRun version={version} />
    </Stack>
  );
}

/** Who submitted the version and when, which approvers were asked, and by when. */
function Submission({ version }: { readonly version: CampaignVersionDetail }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { submittedAt, submittedBy, reviewers, reviewDueOn, approvedAt } = version;
  if (submittedAt === null) return null;
  const names = new Intl.ListFormat(i18n.language).format(reviewers.map(({ name }) => name));
  return (
    <Text size="sm" c="dimmed">
      {t('version.submitted', { by: submittedBy ?? '', at: format.moment(submittedAt) })}
      {reviewers.length > 0 && ` ${t('version.reviewedBy', { names })}`}
      {reviewDueOn !== null && approvedAt === null && ` ${t('version.dueOn', { day: format.day(reviewDueOn) })}`}
    </Text>
  );
}

/** Review history of this version. */
function History({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  // Reasons for a return matter while the draft is changed.
  // After resubmission they appear only among the comments.
  const comments = version.status === 'draft' ? openComments(version).filter(({ returned }) => returned) : [];
  return (
    <>
      {comments.map(({ id, at, author, text }) => (
        <Alert key={id} color="yellow" title={t('version.returned', { author, at: format.moment(at) })}>
          <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-line' }}>
            {text}
          </Text>
        </Alert>
      ))}
      <Submission version={version} />
      {version.approvedAt !== null && (
        <Text size="sm" c="dimmed">
          {t('version.approved', { by: version.approvedBy ?? '', at: format.moment(version.approvedAt) })}
          {version.approvedAlone && ` ${t('version.approvedAlone')}`}
        </Text>
      )}
    </>
  );
}
