import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TierPreview, TierRulesInput } from '#contracts';
import { type Column, DataTable } from '../../../shared/DataTable';
import { Dialog } from '../../../shared/Dialog';
import { useFormat } from '../../../shared/format';
import { RequirementList } from '../../../shared/partner-tiers/RequirementList';
import { ProblemNote } from '../../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../../shared/query-keys';
import { previewTierRules, saveTierRules } from './api';

type Move = TierPreview['moves'][number];

interface RulesPreviewProps {
  readonly rules: TierRulesInput;
  /** The version that was edited. */
  readonly version: string;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Who would rise, fall or stay by rules that are not saved yet, and why; and saves them. */
export function RulesPreview({ rules, version, onClose, onSaved }: RulesPreviewProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const preview = useQuery({
    queryKey: [...queryKeys.tiers, 'preview', rules],
    queryFn: () => previewTierRules(rules),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const save = useMutation({
    mutationFn: () => saveTierRules(version, rules),
    onSuccess: async () => {
      notifications.show({ color: 'teal', message: t('tiers.saved') });
      onSaved();
      await invalidate(client, queryKeys.tiers, queryKeys.partners, queryKeys.partnerGroups);
    },
  });
  return (
    <Dialog opened onClose={onClose} title={t('tiers.preview')} size="xl" centered>
      <Stack>
        <ProblemNote error={preview.error} />
        {preview.isPending && <Skeleton height={160} />}
        {preview.data !== undefined && (
          <>
            {!rules.isOn && <Text size="sm">{t('tiers.offPreview')}</Text>}
            <Text>{t('tiers.counts', preview.data.counts)}</Text>
            <Moves direction="up" moves={preview.data.moves} count={preview.data.counts.up} />
            <Moves direction="down" moves={preview.data.moves} count={preview.data.counts.down} />
            <Moves direction="unlisted" moves={preview.data.moves} count={preview.data.counts.unlisted} />
            <ProblemNote error={save.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('tiers.back')}
              </Button>
              <Button loading={save.isPending} onClick={() => save.mutate()}>
                {t('tiers.save')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Dialog>
  );
}

const TITLES = { up: 'tiers.rising', down: 'tiers.falling', unlisted: 'tiers.unlisted' } as const;

interface MovesProps {
  readonly direction: Move['direction'];
  readonly moves: readonly Move[];
  /** Of all, also those that are not listed. */
  readonly count: number;
}

function Moves({ direction, moves, count }: MovesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = moves.filter((move) => move.direction === direction);
  if (shown.length === 0) return null;
  const columns: readonly Column<Move>[] = [
    { key: 'partner', title: t('tiers.partner'), isHeading: true, cell: ({ partnerName }) => partnerName },
    { key: 'move', title: t('tiers.change'), cell: ({ from, to }) => t('tiers.fromTo', { from, to }) },
    {
      key: 'when',
      title: t('tiers.when'),
      cell: ({ dropsOn }) => (dropsOn === null ? t('tiers.atOnce') : format.date(dropsOn)),
    },
    {
      key: 'why',
      title: t('tiers.why'),
      cell: ({ requirements }) => <RequirementList requirements={requirements} isMissingOnly={direction === 'down'} />,
    },
  ];
  const title = t(TITLES[direction], { count });
  return (
    <>
      <Title order={3} size="h4">
        {title}
      </Title>
      {direction === 'unlisted' && <Text size="sm">{t('tiers.unlistedWhy')}</Text>}
      <DataTable label={title} items={shown} idOf={({ partnerId }) => partnerId} columns={columns} maxHeight={320} />
      {count > shown.length && (
        <Text size="xs" c="dimmed">
          {t('tiers.more', { count: count - shown.length })}
        </Text>
      )}
    </>
  );
}
