import { type ComponentProps, useState } from 'react';
import { UnsavedNote } from './UnsavedNote';

interface RestoredDraftNoteProps extends ComponentProps<typeof UnsavedNote> {
  readonly isUnsaved: boolean;
}

/**
 * Tells a user that a form contains a restored draft.
 * Not shown while typing, because it would move the form.
 */
export function RestoredDraftNote({ isUnsaved, ...props }: RestoredDraftNoteProps) {
  const [wasUnsaved] = useState(isUnsaved);
  return wasUnsaved && isUnsaved ? <UnsavedNote {...props} /> : null;
}
