import { Modal, type ModalProps } from '@mantine/core';
import { useState } from 'react';

/** A dialog that somebody types into: once they have, it goes by its cross and its buttons alone, and not by a slip of the hand. */
export function Dialog({ children, ...props }: ModalProps) {
  const [isTyped, setTyped] = useState(false);
  return (
    <Modal {...props} closeOnEscape={!isTyped} onExitTransitionEnd={() => setTyped(false)}>
      <div onInput={() => setTyped(true)}>{children}</div>
    </Modal>
  );
}
