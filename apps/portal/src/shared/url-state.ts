import { useSearchParams } from 'react-router';

/**
 * A choice that is held in the address: it survives a reload, and a shared link
 * shows the same.
 * @param name of the parameter; it is absent where the choice is `usual`.
 * @param allowed other values in an address are taken for `usual`; absent: any text.
 */
export function useUrlState<Value extends string>(
  name: string,
  usual: Value,
  allowed?: readonly Value[],
): readonly [Value, (value: Value) => void] {
  const [params, setParams] = useSearchParams();
  const given = params.get(name);
  const isAllowed = given !== null && (allowed === undefined || (allowed as readonly string[]).includes(given));
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
