import { type ComponentProps, useState } from 'react';
import { UnsavedNote } from './UnsavedNote';

interface RestoredDraftNoteProps extends ComponentProps<typeof UnsavedNote> {
  readonly isUnsaved: boolean;
}

/** Says to who comes back to a form what they left there; nothing to who is writing it, under whose hand nothing is to move. */
export function RestoredDraftNote({ isUnsaved, ...props }: RestoredDraftNoteProps) {
  const [wasUnsaved] = useState(isUnsaved);
  return wasUnsaved && isUnsaved ? <UnsavedNote {...props} /> : null;
}
