import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';
import { holdNumbers } from './number-age';

/**
 * A dialog with input.
 * After a change, only its buttons close it, not Escape or a click outside.
 * The numbers behind it are not read again while it is open.
 */
export function Dialog({ children, ...props }: ModalProps) {
  const [isTyped, setTyped] = useState(false);
  useEffect(() => (props.opened ? holdNumbers() : undefined), [props.opened]);
  return (
    <Modal {...props} closeOnEscape={!isTyped} onExitTransitionEnd={() => setTyped(false)}>
      <div onInput={() => setTyped(true)}>{children}</div>
    </Modal>
  );
}
