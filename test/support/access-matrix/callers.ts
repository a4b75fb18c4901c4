import type { HouseName } from '../access-world.js';
import { PARTNER, type Right, type RoleName, VENDOR } from './rights.js';

/** Who asks. */
export interface CallerPlan {
  readonly name: string;
  readonly kind: 'nobody' | 'person' | 'key';
  /** The organisation for which it speaks. */
  readonly home: HouseName | null;
  readonly role: RoleName | null;
  /** What a key was narrowed to. */
  readonly narrowedTo?: Right;
  /** Another organisation of the same person. */
  readonly alsoOf?: HouseName;
}

const people: readonly CallerPlan[] = [...VENDOR, ...PARTNER].map((role) => ({
  name: role,
  kind: 'person',
  home: role.startsWith('vendor') ? 'northwind' : 'brightwater',
  role,
}));
const key = (home: HouseName, role: RoleName, narrowedTo?: Right): CallerPlan => ({
  name: `key of a ${role}${narrowedTo === undefined ? '' : `, for ${narrowedTo} only`}`,
  kind: 'key',
  home,
  role,
  ...(narrowedTo === undefined ? {} : { narrowedTo }),
});

export const CALLERS: readonly CallerPlan[] = [
  { name: 'nobody', kind: 'nobody', home: null, role: null },
  { name: 'a made-up cookie', kind: 'nobody', home: null, role: null },
  { name: 'a made-up key', kind: 'nobody', home: null, role: null },
  ...people,
  key('northwind', 'vendor owner'),
  key('northwind', 'vendor owner', 'campaigns.read'),
  key('northwind', 'vendor channel-manager'),
  key('brightwater', 'partner owner'),
  key('brightwater', 'partner owner', 'contacts.read'),
  {
    name: 'owner of Northwind and of its partner Brightwater, at Northwind',
    kind: 'person',
    home: 'northwind',
    role: 'vendor owner',
    alsoOf: 'brightwater',
  },
  {
    name: 'owner of Brightwater and of Kessler, at Brightwater',
    kind: 'person',
    home: 'brightwater',
    role: 'partner owner',
    alsoOf: 'kessler',
  },
  { name: 'a person of no organisation', kind: 'person', home: null, role: null },
];
