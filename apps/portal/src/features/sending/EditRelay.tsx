import {} from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RelayView, SaveRelay } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { RelayForm } from './RelayForm';
import { checkRelay, saveRelay, sendingKeys } from './api';
import { invalidate } from '../../shared/query-keys';

/** Cache key of the relays. */

interface EditRelayProps {
  /** Null for a new relay. */
  readonly relay: RelayView | null;
  readonly opened: boolean;
  readonly onClose: () => void;
}

interface Written {
  readonly body: SaveRelay;
  readonly forget: () => void;
}

/**
 * Settings of a vendor's relay.
 * It is tested when saved.
 */
export function EditRelay({ relay, opened, onClose }: EditRelayProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: async ({ body, forget }: Written) => {
      const saved = await saveRelay(relay, body);
      forget();
      // Test at once, so that the user sees whether the settings work.
      return saved.enabled ? checkRelay(saved.id) : saved;
    },
    onSuccess: onClose,
    onSettled: () => invalidate(client, sendingKeys.relays),
  });
  const title = relay === null ? t('relays.add') : t('relays.changeOf', { name: relay.name });
  return (
    <Dialog opened={opened} onClose={onClose} title={title} size="lg" centered>
      <RelayForm
        relay={relay}
        pending={save.isPending}
        error={save.error}
        onSubmit={(body, forget) => save.mutate({ body, forget })}
      />
    </Dialog>
  );
}
