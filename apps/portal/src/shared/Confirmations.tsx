import { Button, getDefaultZIndex, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useTopmostEscape } from './topmost-escape';
import { ProblemNote } from './ProblemNote';

/** What somebody is asked before it is done. */
export interface ConfirmRequest {
  /** Which button asks. */
  readonly by: string;
  readonly label: string;
  readonly question: string;
  readonly text: ReactNode;
  readonly danger: boolean;
  readonly act: () => Promise<unknown>;
}

interface ConfirmContext {
  readonly ask: (asked: ConfirmRequest) => void;
  /** Says the question anew if it is the one that is asked now: what it is about has changed meanwhile. */
  readonly keep: (asked: ConfirmRequest) => void;
}

const Current = createContext<ConfirmContext | null>(null);

/** The one place where a screen asks. @throws Error outside of `Confirmations`. */
export function useConfirmContext(): ConfirmContext {
  const asking = useContext(Current);
  if (asking === null) throw new Error('A screen asks for a confirmation where nothing shows it.');
  return asking;
}

/**
 * The dialog of every confirmation below it. It stands above the screens because the button that asks may stand in a row of
 * a list that is fetched anew: a dialog in that row would go with it, under the hands of whoever reads it.
 */
export function Confirmations({ children }: { readonly children: ReactNode }) {
  const { pathname } = useLocation();
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  // Stays while the dialog fades.
  const [asked, setAsked] = useState<ConfirmRequest | null>(null);
  const close = useCallback(() => setOpenedAt(null), []);
  // Whoever has gone to another screen is asked no more.
  if (openedAt !== null && openedAt !== pathname) close();
  useTopmostEscape(openedAt !== null, close);
  const act = useMutation({ mutationFn: (one: ConfirmRequest) => one.act(), onSuccess: close });
  const { reset } = act;
  const asking = useMemo<ConfirmContext>(
    () => ({
      ask: (one) => {
        reset();
        setAsked(one);
        setOpenedAt(pathname);
      },
      keep: (one) => setAsked((now) => (now?.by === one.by ? one : now)),
    }),
    [reset, pathname],
  );
  return (
    <Current value={asking}>
      {children}
      <Modal
        opened={openedAt !== null}
        onClose={close}
        closeOnEscape={false}
        onExitTransitionEnd={() => setAsked(null)}
        title={asked?.question}
        // Asked from within a drawer, it stands before it.
        zIndex={getDefaultZIndex('modal') + 50}
        centered
      >
        {asked !== null && (
          <Dialog asked={asked} pending={act.isPending} error={act.error} onAct={act.mutate} onBack={close} />
        )}
      </Modal>
    </Current>
  );
}

interface DialogProps {
  readonly asked: ConfirmRequest;
  readonly pending: boolean;
  readonly error: unknown;
  readonly onAct: (asked: ConfirmRequest) => void;
  readonly onBack: () => void;
}

function Dialog({ asked, pending, error, onAct, onBack }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Text size="sm" component="div">
        {asked.text}
      </Text>
      <ProblemNote error={error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          {t('common.back')}
        </Button>
        <Button
          className="naming-button"
          {...(asked.danger ? { color: 'red' } : {})}
          loading={pending}
          onClick={() => onAct(asked)}
        >
          {asked.label}
        </Button>
      </Group>
    </Stack>
  );
}
