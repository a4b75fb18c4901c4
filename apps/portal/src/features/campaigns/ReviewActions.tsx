import { Anchor, Button, Flex, Group, MultiSelect, Radio, Stack, Text, Textarea } from '@mantine/core';
import '@mantine/dates/styles.layer.css';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail } from '#contracts';
import { useDraft } from '../../app/draft';
import { useMay } from '../../app/session';
import { call } from '../../shared/api';
import { Confirm } from '../../shared/Confirm';
import { ProblemNote } from '../../shared/ProblemNote';
import { isInWork, openComments, versionPath } from './campaign';
import { GATES_PLACE, useGateState } from './VersionGates';
import { usePartnerGroups } from './VersionState';
import { DatePickerInput } from '../../shared/dates';
import { Dialog } from '../../shared/Dialog';

/** The next act in a version's life: submit, approve or return, publish. */
export function ReviewActions({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const client = useQueryClient();
  const path = versionPath(version.campaignId, version.number);
  const act = useMutation({
    mutationFn: (what: 'submit' | 'approve') => call<unknown>('POST', `${path}/${what}`),
    onSuccess: () => client.invalidateQueries(),
  });
  const gates = useGateState();
  const { status, approvedAt } = version;
  const open = openComments(version).length;
  return (
    <Flex direction="column" gap="xs" align={{ base: 'flex-start', sm: 'flex-end' }}>
      <Group gap="sm">
        {status === 'draft' && may('campaigns.submit') && (
          <Button loading={act.isPending} onClick={() => act.mutate('submit')}>
            {t('version.submit')}
          </Button>
        )}
        {status === 'in-review' && approvedAt === null && may('campaigns.approve') && (
          <>
            <ReturnToDraft path={path} />
            {open === 0 ? (
              <Button loading={act.isPending} onClick={() => act.mutate('approve')}>
                {t('version.approve')}
              </Button>
            ) : (
              <Confirm
                label={t('version.approve')}
                question={t('comments.approveQuestion', { count: open })}
                onConfirm={() => call<unknown>('POST', `${path}/approve`).then(() => client.invalidateQueries())}
                danger={false}
              >
                {t('comments.approveText')}
              </Confirm>
            )}
          </>
        )}
        {status === 'in-review' && approvedAt !== null && may('campaigns.publish') && <Publish path={path} />}
      </Group>
      {isInWork(version) && (
        <Anchor href={`#${GATES_PLACE}`} size="sm">
          {gates(version)}
        </Anchor>
      )}
      <ProblemNote error={act.error} />
    </Flex>
  );
}

function ReturnToDraft({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const [comment, setComment, forget] = useDraft(`review ${path}`, '');
  const send = useMutation({
    mutationFn: () => call<unknown>('POST', `${path}/return`, { body: { comment } }),
    onSuccess: async () => {
      forget();
      close();
      await client.invalidateQueries();
    },
  });
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('version.return')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('version.return')} centered>
        <Stack>
          <Textarea
            label={t('version.comment')}
            autosize
            minRows={3}
            maxLength={4000}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
            data-autofocus
          />
          <ProblemNote error={send.error} />
          <Button disabled={comment.trim() === ''} loading={send.isPending} onClick={() => send.mutate()}>
            {t('version.return')}
          </Button>
        </Stack>
      </Dialog>
    </>
  );
}

function Publish({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button onClick={open}>{t('version.publish')}</Button>
      <Dialog opened={opened} onClose={close} title={t('version.publishTitle')} centered>
        <PublishForm path={path} onPublished={close} />
      </Dialog>
    </>
  );
}

interface PublishFormProps {
  readonly path: string;
  readonly onPublished: () => void;
}

/** For whom and when. Everybody is chosen by a word of its own, so that no group forgotten opens it to all. */
function PublishForm({ path, onPublished }: PublishFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const groups = usePartnerGroups();
  const [audience, setAudience] = useState<'groups' | 'everyone'>('groups');
  const [groupIds, setGroupIds] = useState<string[]>([]);
  const [[opensOn, closesOn], setWindow] = useState<[string | null, string | null]>([null, null]);
  const publish = useMutation({
    mutationFn: () => {
      const partnerGroupIds = audience === 'everyone' ? [] : groupIds;
      return call<unknown>('POST', `${path}/publish`, { body: { partnerGroupIds, opensOn, closesOn } });
    },
    onSuccess: async () => {
      onPublished();
      await client.invalidateQueries();
    },
  });
  const isReady = (audience === 'everyone' || groupIds.length > 0) && opensOn !== null && closesOn !== null;
  return (
    <Stack>
      <Radio.Group
        label={t('version.audience')}
        value={audience}
        onChange={(chosen) => setAudience(chosen === 'everyone' ? 'everyone' : 'groups')}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="groups" label={t('version.audienceGroups')} />
          <Radio value="everyone" label={t('version.audienceEveryone')} />
        </Stack>
      </Radio.Group>
      {audience === 'groups' && (
        <MultiSelect
          label={t('version.groups')}
          description={t('version.groupsWhy')}
          value={groupIds}
          onChange={setGroupIds}
          searchable
          hidePickedOptions
          nothingFoundMessage={t('version.noSuchGroup')}
          comboboxProps={{ withinPortal: true }}
          data={(groups.data ?? []).map(({ id, name, memberCount }) => ({
            value: id,
            label: t('version.groupOption', { name, count: memberCount }),
          }))}
        />
      )}
      <DatePickerInput
        type="range"
        label={t('version.window')}
        description={t('version.windowWhy')}
        value={[opensOn, closesOn]}
        onChange={setWindow}
      />
      <ProblemNote error={groups.error ?? publish.error} />
      <Text size="sm" c="dimmed">
        {t('version.publishFinal')}
      </Text>
      <Button disabled={!isReady} loading={publish.isPending} onClick={() => publish.mutate()}>
        {t('version.publish')}
      </Button>
    </Stack>
  );
}
