import { Alert, Badge, Button, Group, NativeSelect, Stack, Table, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LibraryAsset } from '#contracts';
import { DatePickerInput } from '../../shared/dates';
import { useFormat } from '../../shared/format';
import { GroupChoice } from '../../shared/GroupChoice';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { usePartnerGroups } from '../../shared/requests';
import { useCan } from '../../shared/session';
import { shareAsset, useAssetChanged, useAssetDownloads, withdrawAsset } from './api';

type Share = NonNullable<LibraryAsset['share']>;
type ShareKind = Share['as'];
/** As what each kind can be shared, the most frequent first. */
const SHARED_AS: Readonly<Record<LibraryAsset['kind'], readonly ShareKind[]>> = {
  document: ['brochure', 'battle-card', 'sales-play'],
  picture: ['picture', 'logo'],
  logo: ['logo', 'picture'],
  video: ['video', 'sales-play'],
  text: ['battle-card', 'sales-play'],
  signature: ['signature'],
  block: [],
};
const YEAR_MS = 365 * 86_400_000;

/** Shares an asset with partners, withdraws it, and counts downloads. */
export function AssetPartners({ asset }: { readonly asset: LibraryAsset }) {
  const { t } = useTranslation();
  const can = useCan();
  const [first] = SHARED_AS[asset.kind];
  if (first === undefined)
    return (
      <Text size="sm" c="dimmed">
        {t('library.share.notForPartners')}
      </Text>
    );
  const isShared = asset.share !== null && asset.withdrawn === null;
  return (
    <Stack>
      {asset.withdrawn !== null && (
        <Alert color="red">{t('library.share.withdrawn', { reason: asset.withdrawn.reason })}</Alert>
      )}
      {can('assets.edit') && <ShareForm asset={asset} first={first} />}
      {isShared && can('assets.edit') && <Withdraw asset={asset} />}
      {asset.share !== null && <Downloads asset={asset} />}
    </Stack>
  );
}

function ShareForm({ asset, first }: { readonly asset: LibraryAsset; readonly first: ShareKind }) {
  const { t } = useTranslation();
  const changed = useAssetChanged();
  const groups = usePartnerGroups({ select: ({ items }) => items.filter(({ archivedAt }) => archivedAt === null) });
  // Choices stay while the description or the file is saved.
  const [choices, setChoices] = useState<Partial<Share>>({});
  const share = { ...shareOf(asset, first), ...choices };
  const set = (choice: Partial<Share>): void => setChoices((before) => ({ ...before, ...choice }));
  const save = useMutation({
    mutationFn: () => shareAsset(asset.id, share),
    onSuccess: async (saved) => {
      await changed(saved);
      setChoices({});
    },
  });
  const isActive = asset.share !== null && asset.withdrawn === null;
  return (
    <Stack>
      <Text size="sm">{t(isActive ? 'library.share.active' : 'library.share.why')}</Text>
      <NativeSelect
        label={t('library.share.as')}
        value={share.as}
        data={SHARED_AS[asset.kind].map((as) => ({ value: as, label: t(`library.as.${as}`) }))}
        onChange={({ currentTarget: { value } }) =>
          set({ as: SHARED_AS[asset.kind].find((one) => one === value) ?? first })
        }
      />
      <GroupChoice
        label={t('library.share.groups')}
        description={t('library.share.groupsWhy')}
        groups={groups.data ?? []}
        groupIds={share.partnerGroupIds}
        onGroups={(partnerGroupIds) => set({ partnerGroupIds })}
      />
      <Group grow align="flex-start">
        <DatePickerInput
          label={t('library.share.opensOn')}
          value={share.opensOn}
          onChange={(day) => set({ opensOn: day ?? share.opensOn })}
        />
        <DatePickerInput
          label={t('library.share.closesOn')}
          minDate={share.opensOn}
          value={share.closesOn}
          onChange={(day) => set({ closesOn: day ?? share.closesOn })}
        />
      </Group>
      <ProblemNote error={save.error} />
      <Group justify="flex-end">
        <Button loading={save.isPending} onClick={() => save.mutate()}>
          {t(isActive ? 'library.share.change' : 'library.share.save')}
        </Button>
      </Group>
    </Stack>
  );
}

/** As it is shared, or for a year from today. */
function shareOf({ share, expiresOn }: LibraryAsset, first: ShareKind): Share {
  const today = new Date();
  return {
    as: share?.as ?? first,
    partnerGroupIds: share?.partnerGroupIds ?? [],
    opensOn: share?.opensOn ?? dayOf(today),
    closesOn: share?.closesOn ?? expiresOn ?? dayOf(new Date(today.getTime() + YEAR_MS)),
  };
}

const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10);

function Withdraw({ asset }: { readonly asset: LibraryAsset }) {
  const { t } = useTranslation();
  const changed = useAssetChanged();
  const [reason, setReason] = useState('');
  const withdraw = useMutation({ mutationFn: () => withdrawAsset(asset.id, reason), onSuccess: changed });
  return (
    <Stack gap="xs">
      <Textarea
        label={t('library.share.reason')}
        description={t('library.share.reasonWhy')}
        maxLength={300}
        autosize
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value.replaceAll('\n', ' '))}
      />
      <ProblemNote error={withdraw.error} />
      <Group justify="flex-end">
        <Button
          color="red"
          variant="light"
          disabled={reason.trim() === ''}
          loading={withdraw.isPending}
          onClick={() => withdraw.mutate()}
        >
          {t('library.share.withdraw')}
        </Button>
      </Group>
    </Stack>
  );
}

function Downloads({ asset }: { readonly asset: LibraryAsset }) {
  const { t } = useTranslation();
  const format = useFormat();
  const downloads = useAssetDownloads(asset.id);
  return (
    <Loaded query={downloads} height={80}>
      {({ items }) =>
        items.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('library.share.noDownloads')}
          </Text>
        ) : (
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('library.share.partner')}</Table.Th>
                <Table.Th>{t('library.share.downloads')}</Table.Th>
                <Table.Th>{t('library.share.last')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map(({ partnerId, name, count, lastOn }) => (
                <Table.Tr key={partnerId}>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td>
                    <Badge variant="default">{format.number(count)}</Badge>
                  </Table.Td>
                  <Table.Td>{format.day(lastOn)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )
      }
    </Loaded>
  );
}
