import { useSearchParams } from 'react-router';

/**
 * A choice that is held in the address: it survives a reload, and a shared link
 * shows the same.
 * @param name of the parameter; it is absent where the choice is `usual`.
 * @param allowed values, or whether a text is one; others in an address are taken for `usual`. Absent: any text.
 */
export function useUrlState<Value extends string>(
  name: string,
  usual: Value,
  allowed?: readonly Value[] | ((given: string) => boolean),
): readonly [Value, (value: Value) => void] {
  const [params, setParams] = useSearchParams();
  const given = params.get(name);
  const isAllowed =
    given !== null &&
    (allowed === undefined ||
      (typeof allowed === 'function' ? allowed(given) : (allowed as readonly string[]).includes(given)));
  const choose = (value: Value): void =>
    setParams(
      (before) => {
        if (value === usual) before.delete(name);
        else before.set(name, value);
        return before;
      },
      { replace: true },
    );
  return [isAllowed ? (given as Value) : usual, choose];
}
