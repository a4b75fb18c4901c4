import type { RelayView, SaveRelay } from '#contracts';
import { lookUpOf, lookUpValues } from './LookUpFields';

/** TLS modes, the recommended one first. */
export const TLS_MODES = ['required', 'implicit', 'opportunistic'] as const;
const BLANK = {
  name: '',
  host: '',
  port: 587,
  tls: 'required',
  username: '',
  password: '',
  priority: 10,
  connections: 4,
  enabled: true,
  ...lookUpValues(null),
};

/** A relay as form values. */
export type RelayValues = typeof BLANK;

/** Form values of a relay; null: of a new one. The password is never known. */
export const relayValues = (relay: RelayView | null): RelayValues =>
  relay === null
    ? BLANK
    : {
        name: relay.name,
        host: relay.host,
        port: relay.port,
        tls: relay.tls,
        username: relay.username ?? '',
        password: '',
        priority: relay.priority,
        connections: relay.connections,
        enabled: relay.enabled,
        ...lookUpValues(relay),
      };

/**
 * Form values as the API takes them. An empty password leaves the stored one
 * unchanged.
 */
export function relayOf(values: RelayValues): SaveRelay {
  const { name, host, port, priority, connections, enabled, username, password, tls } = values;
  return {
    name,
    host,
    port,
    priority,
    connections,
    enabled,
    lookUp: lookUpOf(values),
    tls: TLS_MODES.find((mode) => mode === tls) ?? 'required',
    username: username === '' ? null : username,
    ...(password === '' ? {} : { password }),
  };
}
