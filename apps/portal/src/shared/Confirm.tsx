import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useId } from 'react';
import { type ConfirmRequest, useConfirmContext } from './Confirmations';

interface ConfirmProps {
  /** Label of the button and of the confirmation: the action, never "OK". */
  readonly label: string;
  /** Shorter label of the button, beside the name of what it is about. */
  readonly shortLabel?: string;
  readonly question: string;
  readonly children: ReactNode;
  /** An error is shown in the dialog, which stays open. */
  readonly onConfirm: () => Promise<unknown>;
  readonly danger?: boolean;
  /** A button that is less visible than its surroundings. */
  readonly quiet?: boolean;
  readonly disabled?: boolean;
  readonly size?: string;
  readonly icon?: ReactNode;
}

/**
 * Button for an action that cannot be undone.
 * It asks for confirmation and names the consequences.
 */
export function Confirm(props: ConfirmProps) {
  const { label, shortLabel = label, question, children, onConfirm, danger = true, quiet = false } = props;
  const { disabled, size, icon } = props;
  const { ask, keep } = useConfirmContext();
  const asked: ConfirmRequest = { by: useId(), label, question, text: children, danger, act: onConfirm };
  useEffect(() => {
    keep(asked);
  });
  return (
    <Button
      className="naming-button"
      {...(danger ? { color: 'red' } : {})}
      variant={quiet ? 'subtle' : danger ? 'light' : 'filled'}
      size={size ?? 'sm'}
      disabled={disabled ?? false}
      leftSection={icon}
      onClick={() => ask(asked)}
      {...(shortLabel === label ? {} : { 'aria-label': label })}
    >
      {shortLabel}
    </Button>
  );
}
