import { useForm, type UseFormInput, type UseFormReturnType } from '@mantine/form';
import { useDidUpdate } from '@mantine/hooks';
import { useLayoutEffect, useRef } from 'react';
import { type FieldChanges, changesOf, type Fields, withChanges } from './field-changes';
import { useDraft } from './draft';

interface DraftFormInput<T extends Fields> {
  /** What it is a draft of, with all that tells one from another: the kind of form, and whose id. */
  readonly about: string;
  /** What is saved by now; of something new, what its form begins with. */
  readonly saved: T;
  /** Fields that no browser keeps. */
  readonly secret?: readonly (keyof T)[];
  readonly validate?: NonNullable<UseFormInput<T>['validate']>;
}

/** A form, and what was typed into it and is not saved. */
export interface DraftForm<T extends Fields> {
  readonly form: UseFormReturnType<T>;
  readonly isUnsaved: boolean;
  /** What was submitted last is saved now; what was typed while it was under way is not, and stays. */
  readonly forget: () => void;
  /** Back to what is saved. */
  readonly discard: () => void;
}

const NOTHING: FieldChanges = {};

/**
 * A form whose changes stay in this browser until they are saved or discarded: see `useDraft`. Somebody else changes what is saved while
 * somebody types: what was typed stays, all else comes in.
 */
export function useDraftForm<T extends Fields>({
  about,
  saved,
  secret = [],
  validate,
}: DraftFormInput<T>): DraftForm<T> {
  const [draft, write, forget] = useDraft<FieldChanges>(about, NOTHING);
  const form = useForm<T>({
    initialValues: withChanges(saved, draft),
    ...(validate === undefined ? {} : { validate }),
  });
  const known = JSON.stringify(saved);
  useLayoutEffect(() => {
    const typed = Object.fromEntries(secret.map((field) => [field, form.getValues()[field]]));
    form.setInitialValues(saved);
    form.setValues({ ...withChanges(saved, draft), ...typed });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each state of what is saved
  }, [known]);
  const unsavedSince = (then: T): FieldChanges =>
    Object.fromEntries(Object.entries(changesOf(then, form.getValues())).filter(([path]) => !secret.includes(path)));
  const changes = JSON.stringify(unsavedSince(saved));
  useDidUpdate(() => (changes === '{}' ? forget() : write(JSON.parse(changes) as FieldChanges)), [changes]);
  // Of a form that is sent by other ways, all.
  const submitted = useRef<T | null>(null);
  const onSubmit: typeof form.onSubmit = (handle, ...rest) =>
    form.onSubmit(
      (values, event) => {
        submitted.current = form.getValues();
        return handle(values, event);
      },
      ...rest,
    );
  const forgetSubmitted = (): void => {
    const since = submitted.current === null ? NOTHING : unsavedSince(submitted.current);
    submitted.current = null;
    if (Object.keys(since).length === 0) forget();
    else write(since);
  };
  const discard = (): void => {
    forget();
    form.setInitialValues(saved);
    form.reset();
  };
  // Once saved, it is as it was typed until what is saved has come in; saved elsewhere, it is kept and not unsaved.
  const isUnsaved = Object.keys(draft).length > 0 && changes !== '{}';
  return { form: { ...form, onSubmit }, isUnsaved, forget: forgetSubmitted, discard };
}
