import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionCard } from '#contracts';
import { DatePickerInput } from '../../shared/dates';
import { Dialog } from '../../shared/Dialog';
import { usePartnerNames } from '../../shared/partner-search';
import { PartnersInput } from '../../shared/PartnersInput';
import { ProblemNote } from '../../shared/ProblemNote';
import { usePartnerGroups } from '../../shared/requests';
import { useCan } from '../../shared/session';
import { extendVersion } from './api';
import { GroupChoice } from '../../shared/GroupChoice';
import { freeName } from './group-name';

interface ExtendProps {
  readonly version: CampaignVersionCard;
}

/** Lets a vendor offer a published version to more partners, or for more days. */
export function Extend({ version }: ExtendProps) {
  const { t } = useTranslation();
  const can = useCan();
  const [opened, { open, close }] = useDisclosure(false);
  if (version.status !== 'published' || !can('campaigns.publish')) return null;
  return (
    <>
      <Button variant="default" size="xs" onClick={open}>
        {t('extend.open')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('extend.title', { number: version.number })} centered>
        <ExtendForm version={version} onExtended={close} />
      </Dialog>
    </>
  );
}

interface More {
  readonly everyone: boolean;
  readonly groupIds: string[];
  readonly partnerIds: string[];
  readonly closesOn: string;
}

function ExtendForm({ version, onExtended }: ExtendProps & { readonly onExtended: () => void }) {
  const { t } = useTranslation();
  const today = new Date().toISOString().slice(0, 10);
  const lastDay = version.closesOn ?? today;
  const [more, setMore] = useState<More>({ everyone: false, groupIds: [], partnerIds: [], closesOn: lastDay });
  const extend = useExtend(version, more.partnerIds, onExtended);
  const isSame = !more.everyone && more.groupIds.length + more.partnerIds.length === 0 && more.closesOn === lastDay;
  return (
    <Stack>
      <Text size="sm">{t('extend.text')}</Text>
      {version.partnerGroupIds.length === 0 ? (
        <Text size="sm">{t('extend.forAll')}</Text>
      ) : (
        <MorePartners version={version} more={more} onMore={setMore} />
      )}
      <DatePickerInput
        label={t('extend.closesOn')}
        description={t(lastDay < today ? 'extend.isOver' : 'extend.closesOnWhy')}
        minDate={lastDay < today ? today : lastDay}
        value={more.closesOn}
        onChange={(closesOn) => setMore({ ...more, closesOn: closesOn ?? lastDay })}
      />
      <ProblemNote error={extend.error} />
      <Button disabled={isSame} loading={extend.isPending} onClick={() => extend.mutate(more)}>
        {t('extend.save')}
      </Button>
    </Stack>
  );
}

interface MorePartnersProps extends ExtendProps {
  readonly more: More;
  readonly onMore: (more: More) => void;
}

function MorePartners({ version, more, onMore }: MorePartnersProps) {
  const { t } = useTranslation();
  const can = useCan();
  const groups = usePartnerGroups({
    select: ({ items }) =>
      items.filter(({ id, archivedAt }) => archivedAt === null && !version.partnerGroupIds.includes(id)),
  });
  return (
    <>
      <Checkbox
        label={t('extend.everyone')}
        checked={more.everyone}
        onChange={({ currentTarget: { checked } }) => onMore({ ...more, everyone: checked })}
      />
      {!more.everyone && (
        <GroupChoice
          label={t('extend.groups')}
          description={t('version.groupsWhy')}
          groups={groups.data ?? []}
          groupIds={more.groupIds}
          onGroups={(groupIds) => onMore({ ...more, groupIds })}
        />
      )}
      {!more.everyone && can('partners.edit') && (
        <PartnersInput
          label={t('extend.partners')}
          description={t('extend.partnersWhy')}
          outsideGroups={version.partnerGroupIds}
          value={more.partnerIds}
          onChange={(partnerIds) => onMore({ ...more, partnerIds })}
        />
      )}
      <ProblemNote error={groups.error} />
    </>
  );
}

function useExtend(version: CampaignVersionCard, partnerIds: readonly string[], onExtended: () => void) {
  const client = useQueryClient();
  const groups = usePartnerGroups();
  const names = usePartnerNames(partnerIds);
  return useMutation({
    mutationFn: ({ everyone, groupIds, closesOn }: More) => {
      const taken = new Set(groups.data?.items.map((group) => group.name));
      const name = freeName(names.map((one) => one.name).join(', '), taken);
      return extendVersion(version, {
        allPartners: everyone,
        ...(everyone ? {} : { partnerGroupIds: groupIds }),
        ...(everyone || partnerIds.length === 0 ? {} : { newGroup: { name, partnerIds } }),
        ...(closesOn === version.closesOn ? {} : { closesOn }),
      });
    },
    onSuccess: async () => {
      onExtended();
      await client.invalidateQueries();
    },
  });
}
