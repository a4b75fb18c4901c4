import { type ComponentProps, useState } from 'react';
import { Unsaved } from './Unsaved';

interface UnsavedBeforeProps extends ComponentProps<typeof Unsaved> {
  readonly isUnsaved: boolean;
}

/** Says to who comes back to a form what they left there; nothing to who is writing it, under whose hand nothing is to move. */
export function UnsavedBefore({ isUnsaved, ...props }: UnsavedBeforeProps) {
  const [wasUnsaved] = useState(isUnsaved);
  return wasUnsaved && isUnsaved ? <Unsaved {...props} /> : null;
}
