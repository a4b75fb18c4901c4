import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DEAL_ROLES, type DealRole, type DealShareView, type DealView, type MadeDealShare } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { CopyLine } from '../../shared/CopyLine';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { revokeDealShare, shareDeal, useDealShares, useDealSharesChanged } from './api';

interface DealSharesProps {
  readonly deal: DealView;
}

/** Who besides the partner sees a deal: the vendor, and partners that took part. */
export function DealShares({ deal }: DealSharesProps) {
  const { t } = useTranslation();
  const canEdit = useCan()('leads.edit');
  const shares = useDealShares(deal.id);
  return (
    <Stack gap="xs">
      <Title order={3} size="h4">
        {t('dealShares.title')}
      </Title>
      <Loaded query={shares} height={60}>
        {({ items, isInProgramme }) => (
          <>
            {items.length === 0 && <Text size="sm">{t('dealShares.none')}</Text>}
            {items.map((share) => (
              <Shared
                key={share.id}
                share={share}
                isPaused={!isInProgramme && (share.role === null || share.acceptedAt === null)}
              />
            ))}
            {canEdit && isInProgramme && (
              <Group gap="xs">
                {!items.some(({ role }) => role === null) && <ShareButton deal={deal} asks="vendor" />}
                <ShareButton deal={deal} asks="partner" />
              </Group>
            )}
            {!isInProgramme && (
              <Text size="sm" c="dimmed">
                {t(deal.activationId === null ? 'dealShares.noCampaign' : 'dealShares.notInProgramme')}
              </Text>
            )}
          </>
        )}
      </Loaded>
    </Stack>
  );
}

interface SharedProps {
  readonly share: DealShareView;
  /** Whether it is of no effect now: the vendor sees nothing, or the invitation cannot be accepted. */
  readonly isPaused: boolean;
}

function Shared({ share: { id, role, participantName, name, sharedBy, sharedAt }, isPaused }: SharedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const canEdit = useCan()('leads.edit');
  const changed = useDealSharesChanged();
  const revoke = useMutation({ mutationFn: () => revokeDealShare(id), onSuccess: changed });
  const who = role === null ? t('dealShares.vendor') : (participantName ?? t('dealShares.invited'));
  return (
    <Group justify="space-between" align="flex-start" gap="xs">
      <Stack gap={0}>
        <Text size="sm" fw={600}>
          {role === null ? who : t('dealShares.as', { who, role: t(`dealShares.roles.${role}`) })}
        </Text>
        <Text size="xs" c="dimmed">
          {t('dealShares.since', { name, by: sharedBy, at: format.moment(sharedAt) })}
        </Text>
        {isPaused && <Text size="xs">{t('dealShares.paused')}</Text>}
      </Stack>
      {canEdit && (
        <Confirm
          label={t('dealShares.revoke')}
          question={t('dealShares.revokeQuestion', { who })}
          size="xs"
          onConfirm={() => revoke.mutateAsync()}
        >
          {t('dealShares.revokeText')}
        </Confirm>
      )}
    </Group>
  );
}

interface ShareButtonProps extends DealSharesProps {
  readonly asks: 'vendor' | 'partner';
}

function ShareButton({ deal, asks }: ShareButtonProps) {
  const { t } = useTranslation();
  const [opened, dialog] = useDisclosure(false);
  const changed = useDealSharesChanged();
  const share = useMutation({
    mutationFn: (body: object) => shareDeal(deal.id, body),
    onSuccess: async ({ invitation }) => {
      if (invitation === null) dialog.close();
      await changed();
    },
  });
  const close = () => {
    dialog.close();
    share.reset();
  };
  return (
    <>
      <Button variant="default" size="xs" onClick={dialog.open}>
        {t(`dealShares.${asks}Button`)}
      </Button>
      <Dialog opened={opened} onClose={close} title={t(`dealShares.${asks}Button`)} centered>
        {share.data === undefined ? (
          <ShareForm
            deal={deal}
            asks={asks}
            isSaving={share.isPending}
            error={share.error}
            onShare={(body) => share.mutate(body)}
          />
        ) : (
          <Invitation made={share.data} onDone={close} />
        )}
      </Dialog>
    </>
  );
}

interface ShareFormProps extends ShareButtonProps {
  readonly isSaving: boolean;
  readonly error: Error | null;
  readonly onShare: (body: object) => void;
}

function ShareForm({ deal, asks, isSaving, error, onShare }: ShareFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(deal.products.join(', '));
  const [role, setRole] = useState<DealRole>('influenced');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onShare({ with: asks, name, ...(asks === 'partner' ? { role } : {}) });
      }}
    >
      <Stack>
        <Text size="sm">{t(`dealShares.${asks}How`)}</Text>
        <TextInput
          label={t('dealShares.name')}
          description={t('dealShares.nameHow')}
          required
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {asks === 'partner' && (
          <NativeSelect
            label={t('dealShares.role')}
            description={t(`dealShares.roleHow.${role}`)}
            value={role}
            data={DEAL_ROLES.map((value) => ({ value, label: t(`dealShares.roles.${value}`) }))}
            onChange={(event) => setRole(DEAL_ROLES.find((one) => one === event.currentTarget.value) ?? role)}
          />
        )}
        <ProblemNote error={error} />
        <Group justify="flex-end">
          <Button type="submit" loading={isSaving} disabled={name.trim() === ''}>
            {t(`dealShares.${asks}Button`)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The link of an invitation. It is shown once. */
function Invitation({ made, onDone }: { readonly made: MadeDealShare; readonly onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Text size="sm">{t('dealShares.send')}</Text>
      <CopyLine
        text={`${window.location.origin}/deals?invitation=${made.invitation ?? ''}`}
        label={t('dealShares.copy')}
      />
      <Group justify="flex-end">
        <Button onClick={onDone}>{t('dealShares.done')}</Button>
      </Group>
    </Stack>
  );
}
