import type { CampaignDetail } from '#contracts';
import { Button, Radio, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type InputPropsOf, useDraftForm } from '../../shared/draft-form';
import { DatePickerInput } from '../../shared/dates';
import { Dialog } from '../../shared/Dialog';
import { ProblemNote } from '../../shared/ProblemNote';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { usePartnerGroups } from '../../shared/requests';
import { WaitNote } from '../../shared/WaitNote';
import type { VersionRef } from '../../shared/review-comments';
import { publishVersion, useCampaign } from './api';
import { versionPath } from './campaign';
import { GroupChoice } from '../../shared/GroupChoice';

/**
 * Lets a vendor publish an approved version: to which partners, and from when.
 */
export function Publish({ version }: { readonly version: VersionRef }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button onClick={open}>{t('version.publish')}</Button>
      <Dialog opened={opened} onClose={close} title={t('version.publishTitle')} centered>
        <PublishForm version={version} onPublished={close} />
      </Dialog>
    </>
  );
}

interface PublishFormProps {
  readonly version: VersionRef;
  readonly onPublished: () => void;
}

const BLANK = {
  audience: 'groups' as 'groups' | 'everyone',
  groupIds: [] as string[],
  window: [null, null] as [string | null, string | null],
};

type Former = CampaignDetail['versions'][number];

/** Audience and launch period of the version before, as far as days are left. */
function takenOverFrom({ partnerGroupIds, opensOn, closesOn }: Former): typeof BLANK {
  const today = new Date().toISOString().slice(0, 10);
  return {
    audience: partnerGroupIds.length === 0 ? 'everyone' : 'groups',
    groupIds: partnerGroupIds,
    window:
      closesOn !== null && closesOn >= today
        ? [opensOn !== null && opensOn > today ? opensOn : today, closesOn]
        : [null, null],
  };
}

/** What is taken over, and what becomes of the partners that run the version before. */
function Former({ former: { number, partnersRunning } }: { readonly former: Former }) {
  const { t } = useTranslation();
  return (
    <Text size="sm">
      {t('version.takenOver', { number })}
      {partnersRunning !== null && partnersRunning > 0 && ` ${t('version.formerRunning', { count: partnersRunning })}`}
    </Text>
  );
}

/**
 * "All partners" is an explicit choice.
 * An empty group list never publishes to all.
 */
function PublishForm({ version, onPublished }: PublishFormProps) {
  const { t } = useTranslation();
  const groups = usePartnerGroups({ select: ({ items }) => items.filter(({ archivedAt }) => archivedAt === null) });
  const campaign = useCampaign(version.campaignId);
  const former = campaign.data?.versions.find(({ publishedAt }) => publishedAt !== null);
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: `publish ${versionPath(version.campaignId, version.number)}`,
    saved: former === undefined ? BLANK : takenOverFrom(former),
  });
  const { audience, window } = form.values;
  const [opensOn, closesOn] = window;
  // A chosen group may have been deleted.
  // The form would still send its id without showing it.
  const groupIds = form.values.groupIds.filter((chosen) => groups.data?.some(({ id }) => id === chosen));
  const publish = usePublish(version, () => {
    forget();
    onPublished();
  });
  const hasAudience = audience === 'everyone' || groupIds.length > 0;
  const hasWindow = opensOn !== null && closesOn !== null;
  return (
    <Stack>
      {former !== undefined && <Former former={former} />}
      <AudienceChoice input={form.getInputProps('audience')} />
      {audience === 'groups' && (
        <GroupChoice
          label={t('version.groups')}
          description={t('version.groupsWhy')}
          groups={groups.data ?? []}
          groupIds={groupIds}
          onGroups={(chosen) => form.setFieldValue('groupIds', chosen)}
        />
      )}
      <DatePickerInput
        type="range"
        label={t('version.window')}
        description={t('version.windowWhy')}
        minDate={new Date()}
        {...form.getInputProps('window')}
      />
      <WaitNote isWaiting={publish.isPending} what={t('version.publishWait')} />
      <ProblemNote error={groups.error ?? publish.error} />
      <Text size="sm" c="dimmed">
        {t('version.publishFinal')}
      </Text>
      <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
      {!hasAudience && <Text size="sm">{t('version.publishNeedsGroups')}</Text>}
      {!hasWindow && <Text size="sm">{t('version.publishNeedsWindow')}</Text>}
      <Button
        disabled={!hasAudience || !hasWindow}
        loading={publish.isPending}
        onClick={() => publish.mutate({ partnerGroupIds: audience === 'everyone' ? [] : groupIds, opensOn, closesOn })}
      >
        {t('version.publish')}
      </Button>
    </Stack>
  );
}

function AudienceChoice({ input }: { readonly input: ReturnType<InputPropsOf> }) {
  const { t } = useTranslation();
  return (
    <Radio.Group label={t('version.audience')} {...input}>
      <Stack gap="xs" mt="xs">
        <Radio value="groups" label={t('version.audienceGroups')} />
        <Radio value="everyone" label={t('version.audienceEveryone')} />
      </Stack>
    </Radio.Group>
  );
}

interface Publication {
  readonly partnerGroupIds: readonly string[];
  readonly opensOn: string | null;
  readonly closesOn: string | null;
}

function usePublish(version: VersionRef, onPublished: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (publication: Publication) => publishVersion(version, publication),
    onSuccess: async () => {
      onPublished();
      await client.invalidateQueries();
    },
  });
}
