import { useForm, type UseFormInput, type UseFormReturnType } from '@mantine/form';
import { useDidUpdate } from '@mantine/hooks';
import { useLayoutEffect, useRef } from 'react';
import { type FieldChanges, changesOf, type Fields, withChanges } from './field-changes';
import { useDraft } from './draft';

interface DraftFormInput<T extends Fields> {
  /** Key of the draft: the kind of form, and the id of its subject. */
  readonly about: string;
  /** The saved values; for a new record, the initial ones. */
  readonly saved: T;
  /** Fields that are never stored in the browser. */
  readonly secret?: readonly (keyof T)[];
  readonly validate?: NonNullable<UseFormInput<T>['validate']>;
}

/**
 * Props of the input of a field, by the path of the field: value, listeners and
 * error.
 */
export type InputPropsOf<Path extends string = string> = (
  path: Path,
) => ReturnType<UseFormReturnType<Fields>['getInputProps']>;

/** A form with a stored draft. */
export interface DraftForm<T extends Fields> {
  readonly form: UseFormReturnType<T>;
  readonly isUnsaved: boolean;
  /**
   * Call after a successful save.
   * Input made during the request stays unsaved.
   */
  readonly forget: () => void;
  /** Resets the form to the saved values. */
  readonly discard: () => void;
}

const NOTHING: FieldChanges = {};

/**
 * A form whose changes are stored in this browser until they are saved or
 * discarded: see `useDraft`. If another user saves meanwhile, untouched fields
 * take the new values and typed ones stay.
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
  // Null if the form is submitted in another way: then all changes count.
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
  // After a save the values stay until the new data arrives.
  // If the same values were saved elsewhere, nothing is unsaved.
  const isUnsaved = Object.keys(draft).length > 0 && changes !== '{}';
  return { form: { ...form, onSubmit }, isUnsaved, forget: forgetSubmitted, discard };
}
