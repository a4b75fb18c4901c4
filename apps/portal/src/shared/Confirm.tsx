import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useId } from 'react';
import { type ConfirmRequest, useConfirmContext } from './Confirmations';

interface ConfirmProps {
  /** What the button and the confirmation say: the act itself, never "OK". */
  readonly label: string;
  readonly question: string;
  readonly children: ReactNode;
  /** A refusal is told in the dialog, which then stays. */
  readonly onConfirm: () => Promise<unknown>;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly size?: string;
  readonly icon?: ReactNode;
}

/** A button for what cannot be undone: names what will happen before it does. */
export function Confirm(props: ConfirmProps) {
  const { label, question, children, onConfirm, danger = true, disabled, size, icon } = props;
  const { ask, keep } = useConfirmContext();
  const asked: ConfirmRequest = { by: useId(), label, question, text: children, danger, act: onConfirm };
  useEffect(() => {
    keep(asked);
  });
  return (
    <Button
      className="naming-button"
      {...(danger ? { color: 'red' } : {})}
      variant={danger ? 'light' : 'filled'}
      size={size ?? 'sm'}
      disabled={disabled ?? false}
      leftSection={icon}
      onClick={() => ask(asked)}
    >
      {label}
    </Button>
  );
}
