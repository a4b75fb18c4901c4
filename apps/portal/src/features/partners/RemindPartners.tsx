import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBellRinging } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerLine, RemindedPartners } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { useDraft } from '../../shared/draft';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { remindPartners } from './api';

/** Partners that one request can remind. */
const MOST = 500;

/** A partner that can be reminded: it has launched nothing yet. */
export const canBeReminded = ({ status, hasLaunched }: PartnerLine): boolean =>
  status === 'invited' || (status === 'active' && !hasLaunched);

interface RemindPartnersProps {
  /** Those on the screen. */
  readonly partners: readonly PartnerLine[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

/** Lets a vendor remind the chosen partners that have launched nothing yet. */
export function RemindPartners({ partners, chosen, onChoose }: RemindPartnersProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [opened, { open, close }] = useDisclosure(false);
  const idle = partners.filter(canBeReminded).slice(0, MOST);
  if (idle.length === 0) return null;
  const wanted = idle.filter(({ id }) => chosen.has(id));
  const invited = idle.filter(({ status }) => status === 'invited').length;
  return (
    <Group gap="sm">
      <Button
        leftSection={<IconBellRinging size={16} aria-hidden />}
        variant="light"
        disabled={wanted.length === 0}
        onClick={open}
      >
        {t('remind.open', { count: wanted.length, number: format.number(wanted.length) })}
      </Button>
      <Button
        variant="subtle"
        onClick={() => onChoose(wanted.length === idle.length ? new Set() : new Set(idle.map(({ id }) => id)))}
      >
        {wanted.length === idle.length
          ? t('remind.chooseNone')
          : [
              t('remind.chooseAll', { count: idle.length, number: format.number(idle.length) }),
              ...(invited > 0 ? [t('remind.ofThemInvited', { number: format.number(invited) })] : []),
            ].join(' ')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('remind.title')} centered>
        <RemindForm
          partners={wanted}
          onDone={() => {
            onChoose(new Set());
            close();
          }}
        />
      </Dialog>
    </Group>
  );
}

interface RemindFormProps {
  readonly partners: readonly PartnerLine[];
  readonly onDone: () => void;
}

function RemindForm({ partners, onDone }: RemindFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [message, setMessage, forget] = useDraft('remind partners', '');
  const remind = useMutation({
    mutationFn: () => {
      const words = message.trim();
      return remindPartners({
        partnerIds: partners.map(({ id }) => id),
        ...(words === '' ? {} : { message: words }),
      });
    },
    onSuccess: async () => {
      forget();
      await invalidate(client, queryKeys.partners);
    },
  });
  if (remind.data !== undefined)
    return (
      <Stack>
        <Outcome outcome={remind.data} partners={partners} />
        <Button onClick={onDone}>{t('common.close')}</Button>
      </Stack>
    );
  return (
    <Stack>
      <Text size="sm">{t('remind.text')}</Text>
      <Textarea
        label={t('remind.message')}
        description={t('remind.messageWhy')}
        autosize
        minRows={2}
        maxLength={500}
        value={message}
        onChange={(event) => setMessage(event.currentTarget.value.replace(/[\r\n]+/g, ' '))}
        data-autofocus
      />
      <ProblemNote error={remind.error} />
      <Button loading={remind.isPending} onClick={() => remind.mutate()}>
        {t('remind.send', { count: partners.length })}
      </Button>
    </Stack>
  );
}

/** How many were reminded, and the others by name with the reason. */
function Outcome({
  outcome: { reminded, skipped },
  partners,
}: Pick<RemindFormProps, 'partners'> & { readonly outcome: RemindedPartners }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" role="status">
      <Text size="sm" fw={600}>
        {t('remind.sent', { count: reminded.length })}
      </Text>
      {skipped.map(({ partnerId, reason }) => (
        <Text key={partnerId} size="sm">
          {t('remind.skipped', {
            name: partners.find(({ id }) => id === partnerId)?.name ?? '',
            reason: t(`remind.reason.${reason}`),
          })}
        </Text>
      ))}
    </Stack>
  );
}
