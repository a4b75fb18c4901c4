import { Modal, type ModalProps } from '@mantine/core';
import { useState } from 'react';

/**
 * A dialog with input.
 * After a change, only its buttons close it, not Escape or a click outside.
 */
export function Dialog({ children, ...props }: ModalProps) {
  const [isTyped, setTyped] = useState(false);
  return (
    <Modal {...props} closeOnEscape={!isTyped} onExitTransitionEnd={() => setTyped(false)}>
      <div onInput={() => setTyped(true)}>{children}</div>
    </Modal>
  );
}
