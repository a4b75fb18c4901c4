import { Button, getDefaultZIndex, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useTopmostEscape } from './topmost-escape';
import { ProblemNote } from './ProblemNote';

/** Content of a confirmation. */
export interface ConfirmRequest {
  /** Id of the button that opened it. */
  readonly by: string;
  readonly label: string;
  readonly question: string;
  readonly text: ReactNode;
  readonly danger: boolean;
  readonly act: () => Promise<unknown>;
}

interface ConfirmContext {
  readonly ask: (asked: ConfirmRequest) => void;
  /**
   * Replaces the content, if this confirmation is open and its subject has
   * changed.
   */
  readonly keep: (asked: ConfirmRequest) => void;
}

const Current = createContext<ConfirmContext | null>(null);

/**
 * Access to the confirmation dialog.
 * @throws Error outside of `Confirmations`.
 */
export function useConfirmContext(): ConfirmContext {
  const asking = useContext(Current);
  if (asking === null) throw new Error('A screen asks for a confirmation where nothing shows it.');
  return asking;
}

/**
 * The single confirmation dialog of all screens below.
 * A button may be in a row of a list that is refetched.
 * A dialog inside that row would disappear with it.
 */
export function Confirmations({ children }: { readonly children: ReactNode }) {
  const { pathname } = useLocation();
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  // Stays during the closing animation.
  const [asked, setAsked] = useState<ConfirmRequest | null>(null);
  const close = useCallback(() => setOpenedAt(null), []);
  // Leaving the screen closes the dialog.
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
        // Above a drawer that contains the button.
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
